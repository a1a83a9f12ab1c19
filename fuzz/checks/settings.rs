//! Whatever the stack config and the environment hold: settings are read, and no message is long or unprintable.

use alicloud_image_share::region::Region;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::setting_names::{config_keys, environment_names};
use alicloud_image_share::settings::Settings;

/// Lines of a layer's sign, the number of a name in its table, and a value: `c12=text`, `e3=text`.
fn read(text: &str) -> Settings {
    let (mut config, mut environment) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let Some((name, value)) = line.split_once('=') else { continue };
        let (names, layer) = match name.get(..1) {
            Some("c") => (config_keys(), &mut config),
            Some("e") => (environment_names(), &mut environment),
            _ => continue,
        };
        let number = name.get(1..).and_then(|number| number.parse::<usize>().ok()).unwrap_or_default();
        let known = names.get(number % names.len()).copied().unwrap_or_default();
        layer.push((known.to_owned(), Secret::new(value.to_owned())));
    }
    Settings::new(config, environment)
}

pub fn check(bytes: &[u8]) {
    let settings = read(&String::from_utf8_lossy(bytes));
    let mut found = settings.malformed();
    match settings.region() {
        Ok(region) => assert_eq!(Region::parse(region.as_str()), Ok(region)),
        Err(diagnostic) => found.push(diagnostic),
    }
    let _ = (settings.limits(), settings.preflight(), settings.account_limit(), settings.owner());
    for diagnostic in found {
        let said = diagnostic.sentences();
        assert!(said.chars().count() < 1_000, "{said}");
        assert!(!said.chars().any(char::is_control), "{said:?}");
    }
}

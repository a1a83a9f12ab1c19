//! The provider's settings: what the schema describes, what CheckConfig judges, and what Configure hands to the
//! core.

mod names;
mod table;

use std::fmt;

use alicloud_image_share::diagnostic::{Code, Diagnostic, quote};
use alicloud_image_share::secret::Secret;
use alicloud_image_share::spelling::distance;
use alicloud_image_share::value::Value;

pub use names::{STACK_CONFIG, key_of, naming_of};
pub use table::{ALL, Setting, Shape};

/// What the engine itself adds to the settings of a provider.
///
/// Source: `pkg/resource/deploy/providers/provider.go` of Pulumi.
const OF_THE_ENGINE: &[&str] =
    &["version", "pluginDownloadURL", "pluginChecksums", "parameterization", "extensionParameterization"];

/// Settings that were given, as text, by name: an object is JSON.
#[derive(Clone, Default)]
pub struct Values(pub Vec<(&'static str, Secret)>);

impl fmt::Debug for Values {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Reads settings. The engine sends what is not text as JSON; an SDK of an older engine, as it is.
pub fn read(given: Value) -> (Values, Vec<Diagnostic>) {
    let (mut values, mut refusals) = (Values::default(), Vec::new());
    for (name, value) in given.into_entries() {
        if name.starts_with("__") || OF_THE_ENGINE.contains(&name.as_str()) {
            continue;
        }
        let Some(setting) = ALL.iter().find(|setting| setting.name == name) else {
            refusals.push(unknown(&name, "", ALL));
            continue;
        };
        match text_of(setting, value) {
            Ok(Some(text)) => values.0.push((setting.name, Secret::new(text))),
            Ok(None) => {}
            Err(refusal) => refusals.push(refusal),
        }
    }
    (values, refusals)
}

/// The names of the settings whose values are secret.
pub fn secrets() -> impl Iterator<Item = &'static str> {
    ALL.iter().filter(|setting| has_secret(setting)).map(|setting| setting.name)
}

/// Whether a setting, or a part of it, is secret.
pub fn has_secret(setting: &Setting) -> bool {
    setting.is_secret || matches!(setting.shape, Shape::Object(_, parts) if parts.iter().any(has_secret))
}

fn text_of(setting: &Setting, value: Value) -> Result<Option<String>, Diagnostic> {
    let text = match (setting.shape, value) {
        (_, Value::Missing | Value::Unknown) => return Ok(None),
        (Shape::Object(_, parts), value) => {
            let value = match value {
                Value::Text(text) => serde_json::from_str(&text).unwrap_or(Value::Text(text)),
                value => value,
            };
            // The official provider takes endpoints as a list of objects.
            for object in
                if let Value::List(items) = &value { items.as_slice() } else { std::slice::from_ref(&value) }
            {
                let Value::Map(entries) = object else {
                    let help = format!("give {}", list(parts));
                    let what = format!("{} is {}, not an object", setting.name, object.kind());
                    return Err(malformed(what).with_help(help));
                };
                if let Some((name, _)) =
                    entries.iter().find(|(name, _)| !parts.iter().any(|part| part.name == *name))
                {
                    return Err(unknown(name, &format!("{}: ", setting.name), parts));
                }
            }
            serde_json::to_string(&value).unwrap_or_default()
        }
        (_, Value::Text(text)) => text,
        (_, Value::Whole(number)) => number.to_string(),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Flag(flag)) => flag.to_string(),
        (_, value) => return Err(malformed(format!("{} is {}, not text", setting.name, value.kind()))),
    };
    Ok(Some(text))
}

fn list(parts: &[Setting]) -> String {
    parts.iter().map(|part| part.name).collect::<Vec<_>>().join(", ")
}

fn malformed(message: String) -> Diagnostic {
    Diagnostic::new(Code::SettingMalformed, message, [])
}

fn unknown(name: &str, of: &str, known: &[Setting]) -> Diagnostic {
    // Whatever their case.
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], "");
    let far = |setting: &&Setting| distance(&plain(setting.name), &plain(name));
    let help = match known.iter().min_by_key(far).filter(|setting| far(setting) <= 2) {
        Some(near) => format!("did you mean `{}`?", near.name),
        None => format!("the settings are {}", list(known)),
    };
    let message = format!("{of}there is no setting {{}}");
    Diagnostic::new(Code::SettingMalformed, message, [quote(name)]).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(entries: &[(&str, Value)]) -> Value {
        Value::given(entries.to_vec())
    }

    fn reasons(entries: &[(&str, Value)]) -> Vec<String> {
        read(given(entries)).1.iter().map(Diagnostic::sentences).collect()
    }

    fn shown(values: &Values) -> Vec<(&str, &str)> {
        values.0.iter().map(|(name, text)| (*name, text.expose())).collect()
    }

    #[test]
    fn settings_are_text_and_objects_are_json_however_they_are_sent() {
        let role = given(&[("roleArn", "acs:ram::1:role/a".into())]);
        let (values, refusals) = read(given(&[
            ("region", "cn-hangzhou".into()),
            ("accountLimit", Value::Whole(80)),
            ("assumeRole", role),
            ("endpoints", r#"[{"ecs":"localhost:1"}]"#.into()),
            ("profile", Value::Unknown),
            ("version", "1.2.3".into()),
            ("__internal", given(&[])),
        ]));
        assert_eq!(refusals, []);
        assert_eq!(
            shown(&values),
            [
                ("region", "cn-hangzhou"),
                ("accountLimit", "80"),
                ("assumeRole", r#"{"roleArn":"acs:ram::1:role/a"}"#),
                ("endpoints", r#"[{"ecs":"localhost:1"}]"#),
            ]
        );
    }

    #[test]
    fn an_unknown_setting_is_refused_with_the_nearest_name() {
        for (written, meant) in [
            ("regoin", "region"),
            ("access_key", "accessKey"),
            ("Preflight", "preflight"),
            ("settleTimout", "settleTimeout"),
            ("acountId", "accountId"),
        ] {
            let reason =
                format!("There is no setting `{written}`. Did you mean `{meant}`? [setting-malformed]");
            assert_eq!(reasons(&[(written, "x".into())]), [reason]);
        }
        let reasons = reasons(&[("colour", "x".into())]);
        let start = "There is no setting `colour`. The settings are region, ";
        assert!(reasons.len() == 1 && reasons.iter().all(|reason| reason.starts_with(start)), "{reasons:?}");
    }

    #[test]
    fn an_object_of_the_wrong_shape_is_refused() {
        for (value, reason) in [
            (
                Value::from("x"),
                "assumeRole is a string, not an object. Give roleArn, sessionName, policy, sessionExpiration, externalId. [setting-malformed]",
            ),
            (
                given(&[("roleARN", "x".into())]),
                "assumeRole: there is no setting `roleARN`. Did you mean `roleArn`? [setting-malformed]",
            ),
        ] {
            assert_eq!(reasons(&[("assumeRole", value)]), [reason]);
        }
    }

    #[test]
    fn keys_tokens_and_what_holds_one_are_secret() {
        let secret: Vec<&str> = secrets().collect();
        assert_eq!(
            secret,
            ["accessKey", "secretKey", "securityToken", "assumeRoleWithOidc", "credentialsUri"]
        );
    }

    #[test]
    fn every_setting_of_the_core_can_be_given_to_a_provider() {
        let keys = alicloud_image_share::setting_names::config_keys();
        let mut of_the_core: Vec<&str> =
            keys.iter().filter_map(|key| key.split_once(':').map(|(_, name)| name)).collect();
        let mut own: Vec<&str> = ALL.iter().map(|setting| setting.name).collect();
        for names in [&mut of_the_core, &mut own] {
            names.sort_unstable();
            names.dedup();
        }
        assert_eq!(own, of_the_core);
    }

    #[test]
    fn debug_shows_names_alone() {
        let (values, _) = read(given(&[("secretKey", "hidden".into())]));
        assert_eq!(format!("{values:?}"), r#"["secretKey"]"#);
    }
}

//! `docs/configuration.md`: every name under which a setting is looked for, and the tools that read it too.

use alicloud_image_share::setting_names::{ALL, Tool, tools};

use super::cell;

/// The table of settings.
pub fn part() -> String {
    let mut text =
        String::from("| setting | stack config | environment, the first wins |\n| --- | --- | --- |\n");
    for setting in ALL {
        let names = |names: &[&str]| {
            let shown: Vec<String> = names.iter().map(|name| with_tools(name)).collect();
            shown.join(", ")
        };
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            cell(setting.what),
            names(setting.config),
            names(setting.environment)
        ));
    }
    text
}

/// A name, and the letters of the tools that read it beside this package.
fn with_tools(name: &str) -> String {
    let letters: String = tools(name)
        .iter()
        .map(|tool| match tool {
            Tool::Provider => "P",
            Tool::Cli => "C",
            Tool::Sdks => "S",
            Tool::Own => "",
        })
        .collect();
    if letters.is_empty() { format!("`{name}`") } else { format!("`{name}` ({letters})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_beside_the_tools_that_read_it() {
        let page = part();
        assert!(page.contains("`ALIBABA_CLOUD_PROFILE` (PCS)"), "{page}");
        assert!(page.contains("`alicloud:region` (P)"), "{page}");
        assert!(page.contains("`alicloud-image-share:preflight` |"), "{page}");
    }
}

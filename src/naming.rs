//! How a front end writes the names of settings. Messages name a setting as their reader can set it.

/// The names of settings as the users of one front end write them.
///
/// The table of settings has the dynamic provider's names, which are keys of the stack config.
#[derive(Clone, Copy, Debug)]
pub struct Naming {
    /// Where settings stand, such as "the stack config".
    pub place: &'static str,
    /// The name of a setting, from the table's name. It returns what is no name of the table as it is.
    pub name: fn(&str) -> &str,
    /// How to set the region to `{}`.
    pub set_region: &'static str,
    /// What to do where no region is set; none for the advice of the code.
    pub region_missing: Option<&'static str>,
}

impl Naming {
    /// The dynamic provider's.
    pub const DYNAMIC: Self = Self {
        place: "the stack config",
        name: |key| key,
        set_region: "run `pulumi config set alicloud:region {}`",
        region_missing: None,
    };

    /// A piece of advice in which each name of the table in braces, such as `{alicloud:region}`, stands for the
    /// setting.
    pub fn fill(&self, advice: &str) -> String {
        let mut parts = advice.split("{alicloud");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (key, rest) = part.split_once('}').unwrap_or((part, ""));
            text += (self.name)(&["alicloud", key].concat());
            text += rest;
        }
        text
    }
}

impl Default for &'static Naming {
    fn default() -> Self {
        &Naming::DYNAMIC
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_in_braces_is_named_as_the_front_end_writes_it() {
        let bare = Naming { name: |key| key.rsplit(':').next().unwrap_or(key), ..Naming::DYNAMIC };
        let advice = "set `{alicloud-image-share:preflight}` to off, or {alicloud:region}";
        assert_eq!(
            Naming::DYNAMIC.fill(advice),
            "set `alicloud-image-share:preflight` to off, or alicloud:region"
        );
        assert_eq!(bare.fill(advice), "set `preflight` to off, or region");
    }

    #[test]
    fn other_braces_and_names_without_braces_stay_as_they_are() {
        let bare = Naming { name: |_| "x", ..Naming::DYNAMIC };
        for advice in ["{", "{}", "alicloud:region", "{\"id\": \"1\"}", "a } b"] {
            assert_eq!(bare.fill(advice), advice);
        }
    }
}

//! How the plugin's users write the names of settings.

use std::sync::LazyLock;

use alicloud_image_share::engine_files::is_default_provider;
use alicloud_image_share::naming::Naming;
use alicloud_image_share::setting_names::config_keys;

/// Each key of the core's table, and the name that users of the plugin know it by.
static SETTING_NAMES: LazyLock<Vec<SettingName>> = LazyLock::new(|| {
    let names = config_keys().into_iter().filter_map(|key| {
        let (_, input) = key.split_once(':')?;
        Some(SettingName { key, input, stack_config: format!("alicloud-image-share:{input}") })
    });
    names.collect()
});

#[derive(Debug)]
struct SettingName {
    /// In the core's table.
    key: &'static str,
    /// An input of a provider resource.
    input: &'static str,
    /// A key of the stack config.
    stack_config: String,
}

/// Of the default provider: keys of the stack config.
pub static STACK_CONFIG: Naming = Naming {
    place: "the stack config",
    name: |key| find(key).map_or(key, |name| &name.stack_config),
    set_region: "run `pulumi config set alicloud-image-share:region {}`",
    region_missing: Some(
        "run `pulumi config set alicloud-image-share:region cn-hangzhou`, give a provider resource its region, or set ALIBABA_CLOUD_REGION: the official provider's `alicloud:*` does not reach a plugin",
    ),
};

/// Of a provider resource: its inputs.
pub static PROVIDER_RESOURCE: Naming = Naming {
    place: "the provider",
    name: |key| find(key).map_or(key, |name| name.input),
    set_region: "give the provider resource the region `{}`",
    region_missing: Some(
        "give the provider resource its `region`, or set ALIBABA_CLOUD_REGION: stack config does not reach a provider resource",
    ),
};

/// The naming of a provider, by the name of its resource.
pub fn naming_of(provider: Option<&str>) -> &'static Naming {
    match provider {
        Some(name) if !is_default_provider(name) => &PROVIDER_RESOURCE,
        _ => &STACK_CONFIG,
    }
}

/// The core's name of an input of the provider; none where it has no such setting.
pub fn key_of(input: &str) -> Option<&'static str> {
    SETTING_NAMES.iter().find(|name| name.input == input).map(|name| name.key)
}

fn find(key: &str) -> Option<&'static SettingName> {
    SETTING_NAMES.iter().find(|name| name.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_the_stacks_own_or_a_resource_by_its_name() {
        assert_eq!(naming_of(None).place, STACK_CONFIG.place);
        assert_eq!(naming_of(Some("default_0_1_0")).place, STACK_CONFIG.place);
        assert_eq!(naming_of(Some("beijing")).place, PROVIDER_RESOURCE.place);
    }

    #[test]
    fn settings_are_named_as_they_can_be_set() {
        for (key, stack_config, input) in [
            ("alicloud:region", "alicloud-image-share:region", "region"),
            ("alicloud-image-share:preflight", "alicloud-image-share:preflight", "preflight"),
            ("alicloud:assumeRoleWithOidc", "alicloud-image-share:assumeRoleWithOidc", "assumeRoleWithOidc"),
            ("ALICLOUD_REGION", "ALICLOUD_REGION", "ALICLOUD_REGION"),
            ("alicloud:colour", "alicloud:colour", "alicloud:colour"),
        ] {
            assert_eq!((STACK_CONFIG.name)(key), stack_config);
            assert_eq!((PROVIDER_RESOURCE.name)(key), input);
        }
    }
}

//! What users call the settings of the plugin, in everything that they read.

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::setting_names::prefixed;

/// How settings are called where they are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Naming {
    /// Of the default provider: keys of the stack config.
    #[default]
    StackConfig,
    /// Of a provider resource: its inputs.
    ProviderResource,
}

const REGION_OF_THE_STACK: &str = "run `pulumi config set alicloud-image-share:region cn-hangzhou`, give a provider resource its region, or set ALIBABA_CLOUD_REGION: the official provider's `alicloud:*` does not reach a plugin";
const REGION_OF_THE_PROVIDER: &str = "give the provider resource its `region`, or set ALIBABA_CLOUD_REGION: stack config does not reach a provider resource";

impl Naming {
    /// The naming of a provider, by the name of its resource.
    pub fn of(provider: Option<&str>) -> Self {
        // Source: `IsDefaultProvider` in pkg/resource/deploy/providers/reference.go of Pulumi.
        match provider {
            Some(name) if !name.starts_with("default") => Self::ProviderResource,
            _ => Self::StackConfig,
        }
    }

    /// A diagnostic in sentences.
    pub fn sentences(self, diagnostic: &Diagnostic) -> String {
        let help = match (diagnostic.code, self) {
            (Code::RegionMissing, Self::StackConfig) => REGION_OF_THE_STACK,
            (Code::RegionMissing, Self::ProviderResource) => REGION_OF_THE_PROVIDER,
            _ => return self.text(&diagnostic.sentences()),
        };
        self.text(&diagnostic.clone().with_help(help).sentences())
    }

    /// A text of the core's, which names the keys of the official provider's stack config.
    pub fn text(self, text: &str) -> String {
        match self {
            Self::StackConfig => prefixed(text, "alicloud-image-share:"),
            Self::ProviderResource => {
                prefixed(text, "").replace("by the stack config (", "by the provider (")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_the_stacks_own_or_a_resource_by_its_name() {
        assert_eq!(Naming::of(None), Naming::StackConfig);
        assert_eq!(Naming::of(Some("default_0_1_0")), Naming::StackConfig);
        assert_eq!(Naming::of(Some("beijing")), Naming::ProviderResource);
    }

    #[test]
    fn settings_are_named_as_they_can_be_set() {
        let text =
            "set `alicloud-image-share:preflight` to off, not alicloud:assumeRoleWithOidc or ALICLOUD_REGION";
        assert_eq!(
            Naming::StackConfig.text(text),
            "set `alicloud-image-share:preflight` to off, not alicloud-image-share:assumeRoleWithOidc or ALICLOUD_REGION"
        );
        assert_eq!(
            Naming::ProviderResource.text(text),
            "set `preflight` to off, not assumeRoleWithOidc or ALICLOUD_REGION"
        );
    }

    #[test]
    fn what_is_no_setting_keeps_its_name() {
        for text in ["alicloud:ecs/image:Image", "`alicloud:*`", "alicloud:colour"] {
            assert_eq!(Naming::StackConfig.text(text), text);
            assert_eq!(Naming::ProviderResource.text(text), text);
        }
    }
}

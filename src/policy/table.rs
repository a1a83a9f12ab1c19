//! The one table of policies. Packs, TypeScript's types and docs/policies.md are made from it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::settings::{ACCOUNTS, IMAGES, LIMIT, OWNER_ACCOUNT_ID, SHOW_DIGITS, SINGLES};
use super::{Judge, Policy, Setting, shares, stack};
use crate::diagnostic::Code;
use crate::value::Value;

/// What Pulumi does about a violation.
///
/// Source: `EnforcementLevel` of `@pulumi/policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It prints a warning.
    Advisory,
    /// It refuses the deployment.
    Mandatory,
}

/// How grave a violation is.
///
/// Source: `Severity` of `@pulumi/policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Importance {
    Low,
    Medium,
    High,
    Critical,
}

/// What a policy judges at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Each resource, before it is created.
    Resource,
    /// The whole stack, at the end of a preview or an update.
    Stack,
}

/// When a policy judges.
#[derive(Clone, Copy, Debug)]
pub enum Active {
    /// Unless it is disabled.
    Always,
    /// Once a setting is made, and it is not disabled.
    WhenSet(&'static Setting),
}

/// Every policy, each once.
pub const POLICIES: &[Policy] = &[
    Policy {
        name: "account-id-format",
        title: "Account IDs are digits",
        description: "Account IDs must be strings of digits.",
        remedy: "Give the digits that the console shows as the Account ID of the main account, in quotes.",
        level: Level::Mandatory,
        importance: Importance::High,
        scope: Scope::Resource,
        active: Active::Always,
        settings: &[SHOW_DIGITS],
        remediates: true,
        judge: Judge::Rules(&[
            Code::AccountIdMissing,
            Code::AccountIdNotText,
            Code::AccountIdNumber,
            Code::AccountIdMalformed,
            Code::AccountIdsNotAList,
        ]),
    },
    Policy {
        name: "account-id-length",
        title: "Account IDs have 16 digits",
        description: "Account IDs must have 16 digits, as all but very old accounts have.",
        remedy: "Compare the ID with the Account ID that the console shows.",
        level: Level::Advisory,
        importance: Importance::Low,
        scope: Scope::Resource,
        active: Active::Always,
        settings: &[SHOW_DIGITS],
        remediates: false,
        judge: Judge::Rules(&[Code::AccountIdLength]),
    },
    Policy {
        name: "image-id-shareable",
        title: "Images can be shared",
        description: "A shared image must be a custom image.",
        remedy: "Give the ID of a custom image, as the console lists it under Images.",
        level: Level::Mandatory,
        importance: Importance::Medium,
        scope: Scope::Resource,
        active: Active::Always,
        settings: &[],
        remediates: false,
        judge: Judge::Rules(&[
            Code::IdsSwapped,
            Code::ImageIdMissing,
            Code::ImageIdNotText,
            Code::ImageIdPublic,
            Code::ImageIdPlaceholder,
            Code::ImageIdMalformed,
        ]),
    },
    Policy {
        name: "account-allow-list",
        title: "Accounts are allowed",
        description: "Images must be shared with accounts of the allow list only.",
        remedy: "Remove the share, or add the account to the list.",
        level: Level::Mandatory,
        importance: Importance::Critical,
        scope: Scope::Resource,
        active: Active::WhenSet(ACCOUNTS),
        settings: &[ACCOUNTS, SHOW_DIGITS],
        remediates: false,
        judge: Judge::Own(shares::account_allow_list),
    },
    Policy {
        name: "account-deny-list",
        title: "Accounts are not denied",
        description: "Images must not be shared with accounts of the deny list.",
        remedy: "Remove the share, or remove the account from the list.",
        level: Level::Mandatory,
        importance: Importance::Critical,
        scope: Scope::Resource,
        active: Active::WhenSet(ACCOUNTS),
        settings: &[ACCOUNTS, SHOW_DIGITS],
        remediates: false,
        judge: Judge::Own(shares::account_deny_list),
    },
    Policy {
        name: "no-self-share",
        title: "Images are not shared with their owner",
        description: "Images must not be shared with the account that owns them.",
        remedy: "Remove the share: the owner of an image has access.",
        level: Level::Advisory,
        importance: Importance::Low,
        scope: Scope::Resource,
        active: Active::WhenSet(OWNER_ACCOUNT_ID),
        settings: &[OWNER_ACCOUNT_ID, SHOW_DIGITS],
        remediates: false,
        judge: Judge::Rules(&[Code::SelfShare]),
    },
    Policy {
        name: "share-protected",
        title: "Shares are protected",
        description: "Shares of these images must be protected from deletion.",
        remedy: "Give the resource the option `protect: true`.",
        level: Level::Mandatory,
        importance: Importance::Medium,
        scope: Scope::Resource,
        active: Active::WhenSet(IMAGES),
        settings: &[IMAGES],
        remediates: false,
        judge: Judge::Own(shares::share_protected),
    },
    Policy {
        name: "image-account-limit",
        title: "Images have room",
        description: "A stack must not share an image with more accounts than the image can have.",
        remedy: "Revoke shares that are no longer needed, or raise the quota and set `limit`.",
        level: Level::Mandatory,
        importance: Importance::High,
        scope: Scope::Stack,
        active: Active::Always,
        settings: &[LIMIT],
        remediates: false,
        judge: Judge::Own(stack::image_account_limit),
    },
    Policy {
        name: "duplicate-share",
        title: "Shares are declared once",
        description: "One resource alone must declare an account on an image.",
        remedy: "Remove one of the two resources.",
        level: Level::Mandatory,
        importance: Importance::High,
        scope: Scope::Stack,
        active: Active::Always,
        settings: &[SHOW_DIGITS],
        remediates: false,
        judge: Judge::Own(stack::duplicate_share),
    },
    Policy {
        name: "no-mixed-sharing",
        title: "Images are shared in one way",
        description: "An image must be shared either with accounts or through a resource share.",
        remedy: "Keep one of the two ways.",
        level: Level::Advisory,
        importance: Importance::Medium,
        scope: Scope::Stack,
        active: Active::Always,
        settings: &[],
        remediates: false,
        judge: Judge::Own(stack::no_mixed_sharing),
    },
    Policy {
        name: "prefer-set",
        title: "Many accounts are a set",
        description: "Many accounts of an image must be one ImageShareSet.",
        remedy: "Declare one ImageShareSet with all accounts of the image.",
        level: Level::Advisory,
        importance: Importance::Low,
        scope: Scope::Stack,
        active: Active::Always,
        settings: &[SINGLES],
        remediates: false,
        judge: Judge::Own(stack::prefer_set),
    },
];

impl Serialize for Policy {
    /// As `@pulumi/policy` names the parts of a policy.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.name)?;
        map.serialize_entry("displayName", self.title)?;
        map.serialize_entry("description", self.description)?;
        map.serialize_entry("remediationSteps", self.remedy)?;
        map.serialize_entry("enforcementLevel", &self.level)?;
        map.serialize_entry("severity", &self.importance)?;
        map.serialize_entry("scope", &self.scope)?;
        map.serialize_entry("remediates", &self.remediates)?;
        let settings = self.settings.iter().map(|setting| (setting.name, setting.described()));
        map.serialize_entry("settings", &Value::given(settings.collect()))?;
        map.end()
    }
}

impl Setting {
    /// Its JSON schema, with a description.
    fn described(&self) -> Value {
        let mut schema: Value = serde_json::from_str(self.schema).unwrap_or_default();
        schema.set("description", self.takes.into());
        schema
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_policy_has_a_name_of_its_own_and_whole_sentences() {
        let names: BTreeSet<&str> = POLICIES.iter().map(|policy| policy.name).collect();
        assert_eq!(names.len(), POLICIES.len());
        for policy in POLICIES {
            assert!(policy.description.contains(" must ") && policy.description.ends_with('.'));
            assert!(policy.remedy.ends_with('.') && !policy.title.ends_with('.'), "{}", policy.name);
        }
    }

    #[test]
    fn every_policy_takes_the_example_of_each_of_its_settings_and_has_a_schema_of_it() {
        for policy in POLICIES {
            for setting in policy.settings {
                let example = serde_json::from_str(setting.example).unwrap_or_default();
                let config = policy.config(Value::given(vec![(setting.name, example)]));
                assert!(config.is_ok_and(|config| config.has(setting)), "{} {}", policy.name, setting.name);
                assert!(!setting.described().get("type").is_missing(), "{}", setting.name);
            }
        }
    }

    #[test]
    fn what_a_policy_waits_for_is_one_of_its_settings() {
        for policy in POLICIES {
            if let Active::WhenSet(needed) = policy.active {
                assert!(policy.settings.iter().any(|setting| setting.name == needed.name), "{}", policy.name);
            }
        }
    }
}

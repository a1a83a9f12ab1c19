//! The settings that policies take: each stands here once, with its JSON schema, its TypeScript and its reader.

use std::collections::HashMap;

use super::list::Entry;
use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::value::Value;

/// A setting of a policy.
#[derive(Debug)]
pub struct Setting {
    /// Its key in the config of a pack.
    pub name: &'static str,
    /// What it takes, in a sentence: `a list of …`.
    pub takes: &'static str,
    /// Its type in TypeScript.
    pub typescript: &'static str,
    /// A value that it takes, in JSON.
    pub example: &'static str,
    /// Its JSON schema, which the Pulumi CLI checks a config file against.
    pub schema: &'static str,
    read: fn(&mut Config, &Value) -> Option<()>,
}

/// What a policy pack sets of one policy; the settings that it does not take stay unset.
#[derive(Debug, Default)]
pub struct Config {
    given: Vec<&'static str>,
    /// `accounts`: the entries of a list, by their accounts.
    pub accounts: HashMap<AccountId, Vec<Entry>>,
    /// `images`: patterns of the images that the policy is about.
    pub images: Vec<String>,
    /// `ownerAccountId`: the account that the images belong to.
    pub owner: Option<AccountId>,
    /// `limit`: the accounts an image may have.
    pub limit: Option<usize>,
    /// `singles`: the single shares an image may have.
    pub singles: Option<usize>,
    /// `showDigits`: whether violations show the last four digits of accounts.
    pub shows_digits: bool,
}

impl Config {
    /// Reads the settings of a policy that takes some.
    ///
    /// # Errors
    /// The setting that the policy does not take, or whose value it does not take.
    pub fn read(policy: &str, takes: &[&'static Setting], value: Value) -> Result<Self, Diagnostic> {
        let mut config = Self::default();
        for (key, value) in value.into_entries() {
            if value.is_missing() {
                continue;
            }
            let Some(setting) = takes.iter().find(|setting| setting.name == key) else {
                let names: Vec<&str> = takes.iter().map(|setting| setting.name).collect();
                let help = match names.as_slice() {
                    [] => "remove it: the policy takes enforcementLevel alone".to_owned(),
                    names => format!("the settings are {}", names.join(", ")),
                };
                let what = format!("policy {policy} has no setting {{}}");
                return Err(Diagnostic::new(Code::SettingMalformed, what, [quote(&key)]).with_help(help));
            };
            if (setting.read)(&mut config, &value).is_none() {
                let what = format!("the setting {key} of policy {policy} has a value that it does not take");
                let help = format!("give {}", setting.takes);
                return Err(Diagnostic::new(Code::SettingMalformed, what, []).with_help(help));
            }
            config.given.push(setting.name);
        }
        Ok(config)
    }

    /// Whether a setting was given.
    pub fn has(&self, setting: &Setting) -> bool {
        self.given.contains(&setting.name)
    }
}

/// The accounts of a list.
pub const ACCOUNTS: &Setting = &Setting {
    name: "accounts",
    takes: r#"a list of account ids in quotes, or of objects {"id": "1234567890123456", "name": "Build", "expires": "2027-06-30", "images": ["m-bp1*"]} of which only id is needed"#,
    typescript: "readonly (string | ListedAccount)[]",
    example: r#"["1234567890123456", {"id": "1234567890123457", "name": "Acme", "expires": "2027-06-30"}]"#,
    // A pattern applies to strings only, and properties to objects only.
    schema: r#"{"type":"array","items":{"type":["string","object"],"pattern":"^[0-9]+$","required":["id"],"properties":{"id":{"type":"string","pattern":"^[0-9]+$"},"name":{"type":"string"},"expires":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},"images":{"type":"array","items":{"type":"string","minLength":1}}},"additionalProperties":false}}"#,
    read: |config, value| {
        for entry in Entry::read_all(value)? {
            config.accounts.entry(entry.id.clone()).or_default().push(entry);
        }
        Some(())
    },
};

/// Patterns of images.
pub const IMAGES: &Setting = &Setting {
    name: "images",
    takes: r#"a list of patterns of image ids, such as ["m-bp1*"]"#,
    typescript: "readonly string[]",
    example: r#"["m-bp1*"]"#,
    schema: r#"{"type":"array","items":{"type":"string","minLength":1}}"#,
    read: |config, value| {
        config.images = texts(value)?;
        Some(())
    },
};

/// The owner of the images.
pub const OWNER_ACCOUNT_ID: &Setting = &Setting {
    name: "ownerAccountId",
    takes: "the id, in quotes, of the account that the images belong to",
    typescript: "string",
    example: r#""1234567890123456""#,
    schema: r#"{"type":"string","pattern":"^[0-9]+$"}"#,
    read: |config, value| {
        config.owner = Some(AccountId::parse(value.text()?).ok()?);
        Some(())
    },
};

/// The accounts an image may have.
pub const LIMIT: &Setting = &Setting {
    name: "limit",
    takes: "a whole number of accounts, at least 1",
    typescript: "number",
    example: "100",
    schema: r#"{"type":"integer","minimum":1}"#,
    read: |config, value| {
        config.limit = Some(count(value)?);
        Some(())
    },
};

/// The single shares an image may have.
pub const SINGLES: &Setting = &Setting {
    name: "singles",
    takes: "a whole number of single shares, at least 1",
    typescript: "number",
    example: "20",
    schema: r#"{"type":"integer","minimum":1}"#,
    read: |config, value| {
        config.singles = Some(count(value)?);
        Some(())
    },
};

/// Whether violations show digits.
pub const SHOW_DIGITS: &Setting = &Setting {
    name: "showDigits",
    takes: "true to show the last four digits of accounts in violations (only where no account id is secret), or false",
    typescript: "boolean",
    example: "true",
    schema: r#"{"type":"boolean"}"#,
    read: |config, value| match value {
        Value::Flag(flag) => {
            config.shows_digits = *flag;
            Some(())
        }
        _ => None,
    },
};

/// A list of texts; none where it is not one.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    let Value::List(items) = value else { return None };
    items.iter().map(|item| item.text().map(str::to_owned)).collect()
}

fn count(value: &Value) -> Option<usize> {
    match value {
        Value::Whole(number) if *number > 0 => usize::try_from(*number).ok(),
        _ => None,
    }
}

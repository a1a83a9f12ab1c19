//! What a policy pack sets of a policy.

use super::list::Entry;
use crate::account::AccountId;
use crate::value::Value;

/// The settings of one policy; those that it does not take stay unset.
#[derive(Debug, Default)]
pub struct Config {
    /// `accounts` of a list.
    pub accounts: Option<Vec<Entry>>,
    /// `images`: patterns of the images that are meant.
    pub images: Option<Vec<String>>,
    /// `ownerAccountId`: the account that the images belong to.
    pub owner: Option<AccountId>,
    /// `limit`: the accounts an image may have.
    pub limit: Option<usize>,
    /// `singles`: the single shares an image may have.
    pub singles: Option<usize>,
}

impl Config {
    /// Reads the settings of a policy that takes those named.
    ///
    /// # Errors
    /// The key that the policy does not take, or whose value it does not take.
    pub fn read(value: Value, takes: &[&str]) -> Result<Self, String> {
        let mut config = Self::default();
        for (key, value) in value.into_entries() {
            if value == Value::Missing {
                continue;
            }
            let understood = takes.contains(&key.as_str()) && config.set(&key, &value).is_some();
            if !understood {
                return Err(key);
            }
        }
        Ok(config)
    }

    fn set(&mut self, key: &str, value: &Value) -> Option<()> {
        match key {
            "accounts" => self.accounts = Some(Entry::read_all(value)?),
            "images" => self.images = Some(texts(value)?),
            "ownerAccountId" => self.owner = Some(AccountId::parse(value.text()?).ok()?),
            "limit" => self.limit = Some(count(value)?),
            "singles" => self.singles = Some(count(value)?),
            _ => return None,
        }
        Some(())
    }
}

/// A list of texts; nothing where it is not one.
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

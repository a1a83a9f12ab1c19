//! Who calls: access keys of several accounts, profiles that name them, and keys that end.

use std::collections::BTreeMap;

use alicloud_image_share::api::Request;

use super::api::header;
use super::cloud::OWNER;

/// Another account that has access keys.
pub const OTHER: &str = "9876543210987652";

/// The access key of the environment.
pub const KEY: &str = "LTAIplanted";

/// An access key.
#[derive(Clone, Debug)]
pub struct AccessKey {
    pub account: String,
    /// The moment of the world's clock at which the API takes it for expired.
    pub ends: Option<u64>,
}

/// Access keys, and where they are found.
#[derive(Debug)]
pub struct Accounts {
    pub keys: BTreeMap<String, AccessKey>,
    /// The access key of a profile, or why there is none.
    pub profiles: BTreeMap<String, Result<String, String>>,
}

impl Default for Accounts {
    fn default() -> Self {
        let mut accounts = Self { keys: BTreeMap::new(), profiles: BTreeMap::new() };
        accounts.key(KEY, OWNER);
        accounts
    }
}

impl Accounts {
    /// Gives an account an access key.
    pub fn key(&mut self, key: &str, account: &str) {
        self.keys.insert(key.into(), AccessKey { account: account.into(), ends: None });
    }

    /// A profile with an access key of an account.
    pub fn profile(&mut self, name: &str, account: &str) {
        let key = format!("LTAI{name}");
        self.key(&key, account);
        self.profiles.insert(name.into(), Ok(key));
    }

    /// The account of who signed a request.
    pub fn caller(&self, request: &Request) -> Option<&AccessKey> {
        let authorization = header(request, "authorization");
        let key = authorization.split("Credential=").nth(1)?.split(',').next()?;
        self.keys.get(key)
    }

    /// The file of the CLI, with each profile. A profile without a key has no mode.
    pub fn cli_file(&self) -> Vec<u8> {
        let profile = |(name, key): (&String, &Result<String, String>)| match key {
            Ok(key) => format!(
                r#"{{"name":"{name}","mode":"AK","access_key_id":"{key}","access_key_secret":"planted-secret"}}"#
            ),
            Err(_) => format!(r#"{{"name":"{name}","mode":""}}"#),
        };
        let profiles: Vec<String> = self.profiles.iter().map(profile).collect();
        format!(r#"{{"profiles":[{}]}}"#, profiles.join(",")).into_bytes()
    }
}

//! The inputs of a share or of a set, parsed once: what leaves here is typed.

use std::collections::HashSet;

use super::ResourceType;
use crate::account::AccountId;
use crate::image::ImageId;
use crate::known::Known;
use crate::region::Region;
use crate::value::Value;

/// Whether a set removes what it does not list. A share is additive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// It owns what it lists, and leaves all else alone.
    #[default]
    Additive,
    /// It owns the image: it removes every account that it does not list.
    Authoritative,
}

impl Mode {
    /// The mode of a word.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "additive" => Some(Self::Additive),
            "authoritative" => Some(Self::Authoritative),
            _ => None,
        }
    }
}

/// How much of an image's accounts an authoritative set may remove without `force`.
const REMOVAL_LIMIT: f64 = 0.5;

/// What a resource declares, so far as it is known. A share declares one account, and is no more than an
/// additive set otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// Whether it is a share or a set.
    pub resource_type: ResourceType,
    /// The image.
    pub image: Known<ImageId>,
    /// The accounts, each once; unknown where the whole list is.
    pub accounts: Known<Vec<Known<AccountId>>>,
    /// The region; none where the resource names none.
    pub region: Known<Option<Region>>,
    /// The profile whose credentials are used; none where the resource names none.
    pub profile: Known<Option<String>>,
    /// Whether a set removes what it does not list.
    pub mode: Known<Mode>,
    /// Whether an authoritative set may remove more than the removal limit.
    pub force: Known<bool>,
    /// That limit, as a part of the accounts there are: 0 to 1.
    pub removal_limit: Known<f64>,
    /// How long a create waits for an image that is still being created, in seconds; none where the resource
    /// does not say.
    pub wait_for_image: Option<u64>,
}

impl Inputs {
    /// Takes from values what is right about them. [`super::judge`] says what is wrong: where it finds no
    /// error, nothing is lost here.
    pub fn read(resource_type: ResourceType, values: &Value) -> Self {
        let text = |key: &str| known(values.get(key), |value| value.text().map(str::to_owned));
        let accounts = match resource_type {
            ResourceType::Share => match account(values.get("accountId")) {
                Some(account) => Known::Is(vec![account]),
                None => Known::Is(Vec::new()),
            },
            ResourceType::Set => match values.get("accountIds") {
                Value::Unknown => Known::Unknown,
                Value::Hidden => Known::Hidden,
                list => {
                    let mut seen = HashSet::new();
                    let accounts = list.items().iter().filter_map(account);
                    let is_first = |account: &Known<AccountId>| {
                        account.as_ref().is_none_or(|account| seen.insert(account.clone()))
                    };
                    Known::Is(accounts.filter(is_first).collect())
                }
            },
        };
        Self {
            resource_type,
            image: known(values.get("imageId"), |value| ImageId::parse(value.text()?).ok())
                .unwrap_or(Known::Hidden),
            accounts,
            region: match text("region") {
                None => Known::Is(None),
                Some(region) => region.map(|text| Region::parse(&text).ok()),
            },
            profile: match text("profile") {
                None => Known::Is(None),
                Some(profile) => profile.map(|name| Some(name).filter(|name| !name.is_empty())),
            },
            mode: known(values.get("mode"), |value| Mode::named(value.text()?))
                .unwrap_or(Known::Is(Mode::Additive)),
            force: known(values.get("force"), |value| match value {
                Value::Flag(flag) => Some(*flag),
                _ => None,
            })
            .unwrap_or(Known::Is(false)),
            removal_limit: known(values.get("removalLimit"), |value| match value {
                Value::Number(limit) => Some(*limit),
                Value::Whole(limit) => Some(*limit as f64),
                _ => None,
            })
            .unwrap_or(Known::Is(REMOVAL_LIMIT)),
            wait_for_image: match values.get("waitForImage") {
                Value::Whole(seconds) => Some(*seconds),
                _ => None,
            },
        }
    }

    /// The accounts that are known.
    pub fn known_accounts(&self) -> Vec<AccountId> {
        let accounts = self.accounts.as_ref().map_or(&[][..], Vec::as_slice);
        accounts.iter().filter_map(Known::as_ref).cloned().collect()
    }

    /// The accounts, where all of them are known.
    pub fn all_accounts(&self) -> Option<Vec<AccountId>> {
        self.accounts.as_ref()?.iter().map(|account| account.as_ref().cloned()).collect()
    }

    /// How many of so many accounts an authoritative set may remove; none where that is not known yet.
    pub fn may_remove(&self, existing: usize) -> Option<usize> {
        if *self.force.as_ref()? {
            return Some(existing);
        }
        let limit = *self.removal_limit.as_ref()?;
        // 0.29 of 100 is 28.999999999999996 in binary, and 29 to whoever wrote it.
        Some((existing as f64 * limit + 1e-9) as usize)
    }

    /// The value of the input that names the accounts: `accountId` or `accountIds`.
    pub fn accounts_property(&self) -> &'static str {
        self.resource_type.accounts_property()
    }
}

/// A value that is known and right, or is not known yet; none where it is missing or wrong.
fn known<T>(value: &Value, read: impl FnOnce(&Value) -> Option<T>) -> Option<Known<T>> {
    match value {
        Value::Missing => None,
        Value::Unknown => Some(Known::Unknown),
        Value::Hidden => Some(Known::Hidden),
        value => read(value).map(Known::Is),
    }
}

fn account(value: &Value) -> Option<Known<AccountId>> {
    known(value, AccountId::of_value)
}

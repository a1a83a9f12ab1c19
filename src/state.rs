//! What is kept of a resource between runs: the format of its outputs. docs/state.md describes it.
//!
//! Owned is what is declared and confirmed, made or adopted. What is in doubt stays until it is settled.
//! What an authoritative set has seen and does not own is remembered, and never revoked by a `destroy`.

use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::ResourceType;
use crate::value::Value;

/// The format that is written. States without a format were written before there was one.
pub const FORMAT: u64 = 1;

/// The output that Pulumi shows nowhere.
const HIDDEN: &str = "__state";

/// An account that a resource owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    /// The account.
    pub account: AccountId,
    /// Since when it is shared, as the API says it: `2023-01-01T12:05:00Z`; empty where that is not known.
    pub shared_time: String,
    /// Whether its last change is in doubt: the account may have access or not.
    pub in_doubt: bool,
}

/// What is kept of a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Whether it is a share or a set.
    pub resource_type: ResourceType,
    /// What it was declared with, region included, but for its accounts.
    pub inputs: Value,
    /// The accounts that it owns.
    pub owned: Vec<Owned>,
    /// The account that owns the image, where that is known.
    pub owner: Option<AccountId>,
    /// Accounts of the image that an authoritative set does not own.
    pub seen: Vec<AccountId>,
    /// Whether the engine has a state of the resource at all: a `get` or an import has none.
    pub is_recorded: bool,
}

impl State {
    /// Reads outputs, of this format and of every older one.
    ///
    /// # Errors
    /// [`Code::StateTooNew`] for a newer format.
    pub fn read(resource_type: ResourceType, outputs: &Value) -> Result<Self, Diagnostic> {
        let hidden = outputs.get(HIDDEN);
        if let Value::Whole(format) = hidden.get("format")
            && *format > FORMAT
        {
            return Err(Diagnostic::new(
                Code::StateTooNew,
                format!(
                    "the state of this resource has format {format}, and this version of the package knows formats up to {FORMAT}"
                ),
                [],
            ));
        }
        let account = |value: &Value| value.text().and_then(|text| AccountId::parse(text).ok());
        let mut state = Self {
            resource_type,
            inputs: declared(resource_type, outputs),
            owned: Vec::new(),
            owner: account(hidden.get("owner")),
            seen: hidden.get("seen").items().iter().filter_map(account).collect(),
            is_recorded: false,
        };
        match resource_type {
            ResourceType::Share => {
                let time = outputs.get("sharedTime");
                state.is_recorded = *time != Value::Missing || *hidden != Value::Missing;
                let shared_time = time.text().unwrap_or_default().to_owned();
                // Older states say that a share is in doubt by an empty time.
                let in_doubt = match hidden {
                    Value::Missing => state.is_recorded && shared_time.is_empty(),
                    hidden => *hidden.get("inDoubt") == Value::Flag(true),
                };
                let owned = AccountId::of_value(outputs.get("accountId"));
                state.owned.extend(owned.map(|account| Owned { account, shared_time, in_doubt }));
            }
            ResourceType::Set => {
                let times = outputs.get("sharedTimes");
                state.is_recorded = *times != Value::Missing || *hidden != Value::Missing;
                let in_doubt = hidden.get("inDoubt").items();
                for (index, value) in outputs.get("accountIds").items().iter().enumerate() {
                    let Some(account) = AccountId::of_value(value) else { continue };
                    let time = match times {
                        // Older states have times by account.
                        Value::Map(_) => times.get(account.as_str()),
                        times => times.items().get(index).unwrap_or(&Value::Missing),
                    };
                    let is_place = |place: &Value| *place == Value::Whole(index as u64);
                    state.owned.push(Owned {
                        shared_time: time.text().unwrap_or_default().to_owned(),
                        in_doubt: in_doubt.iter().any(is_place)
                            || matches!(times, Value::Map(_)) && *time == Value::Missing,
                        account,
                    });
                }
            }
        }
        Ok(state)
    }

    /// The outputs.
    pub fn outputs(&self) -> Value {
        let mut entries = self.declared().into_entries();
        let in_doubt = match self.resource_type {
            ResourceType::Share => {
                let owned = self.owned.first();
                let time = owned.map(|owned| owned.shared_time.clone()).unwrap_or_default();
                entries.push(("sharedTime".into(), time.into()));
                if owned.is_some_and(|owned| owned.in_doubt) { Value::Flag(true) } else { Value::Missing }
            }
            ResourceType::Set => {
                // Parallel to the accounts: those that come from a secret stand nowhere else.
                let times: Vec<String> = self.owned.iter().map(|owned| owned.shared_time.clone()).collect();
                entries.push(("sharedTimes".into(), times.into()));
                let places = self.owned.iter().enumerate().filter(|(_, owned)| owned.in_doubt);
                some(places.map(|(index, _)| Value::Whole(index as u64)).collect())
            }
        };
        let hidden = vec![
            ("format", Value::Whole(FORMAT)),
            ("owner", self.owner.as_ref().map_or(Value::Missing, |owner| owner.as_str().into())),
            ("inDoubt", in_doubt),
            ("seen", some(self.seen.iter().map(|account| account.as_str().into()).collect())),
        ];
        entries.push((HIDDEN.into(), Value::given(hidden)));
        Value::Map(entries)
    }

    /// The inputs that describe it as it is: what it was declared with, and the accounts that it owns.
    pub fn declared(&self) -> Value {
        let mut accounts = self.owned.iter().map(|owned| owned.account.as_str());
        let mut inputs = self.inputs.clone();
        match self.resource_type {
            ResourceType::Share => {
                if let Some(account) = accounts.next() {
                    inputs.set("accountId", account.into());
                }
            }
            ResourceType::Set => inputs.set("accountIds", accounts.collect::<Vec<_>>().into()),
        }
        declared(self.resource_type, &inputs)
    }

    /// Whether anything of it is in doubt.
    pub fn is_in_doubt(&self) -> bool {
        self.owned.iter().any(|owned| owned.in_doubt)
    }

    /// The account among those that it owns.
    pub fn find(&self, account: &AccountId) -> Option<&Owned> {
        self.owned.iter().find(|owned| owned.account == *account)
    }

    /// The accounts that it owns.
    pub fn accounts(&self) -> Vec<AccountId> {
        self.owned.iter().map(|owned| owned.account.clone()).collect()
    }
}

/// The inputs among values, in their order.
fn declared(resource_type: ResourceType, values: &Value) -> Value {
    Value::given(resource_type.inputs().iter().map(|key| (*key, values.get(key).clone())).collect())
}

/// A list, where it has any items.
fn some(items: Vec<Value>) -> Value {
    if items.is_empty() { Value::Missing } else { Value::List(items) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(json: &str) -> Value {
        serde_json::from_str(json).unwrap_or_default()
    }

    fn read(resource_type: ResourceType, json: &str) -> State {
        State::read(resource_type, &outputs(json)).unwrap_or_else(|error| unreachable!("{error:?}"))
    }

    #[test]
    fn a_share_of_each_shape_is_read() {
        let json = r#"{"imageId":"m-bp1","accountId":"1","region":"cn-hangzhou","sharedTime":"T"}"#;
        let old = read(ResourceType::Share, json);
        assert!(old.is_recorded && !old.is_in_doubt() && old.owner.is_none());
        let unseen = read(ResourceType::Share, &json.replace("\"T\"", "\"\""));
        assert!(unseen.is_in_doubt(), "older states mark doubt by an empty time");
        let new = r#"{"imageId":"m-bp1","accountId":"1","sharedTime":"","__state":{"format":1,"owner":"9"}}"#;
        let new = read(ResourceType::Share, new);
        assert!(!new.is_in_doubt(), "the API gave no time");
        assert_eq!(new.owner.as_ref().map(AccountId::as_str), Some("9"));
        let get = read(ResourceType::Share, r#"{"imageId":"m-bp1","accountId":"1"}"#);
        assert!(!get.is_recorded);
    }

    #[test]
    fn a_set_of_each_shape_is_read() {
        let old = r#"{"imageId":"m-bp1","accountIds":["1","2"],"sharedTimes":{"1":"T"}}"#;
        let old = read(ResourceType::Set, old);
        assert_eq!(old.owned.iter().map(|owned| owned.in_doubt).collect::<Vec<_>>(), [false, true]);
        let new = r#"{"imageId":"m-bp1","accountIds":["1","2"],"sharedTimes":["T","U"],"__state":{"format":1,"inDoubt":[1],"seen":["7"]}}"#;
        let new = read(ResourceType::Set, new);
        assert_eq!(new.owned.iter().map(|owned| owned.in_doubt).collect::<Vec<_>>(), [false, true]);
        assert_eq!(new.seen.iter().map(AccountId::as_str).collect::<Vec<_>>(), ["7"]);
    }

    #[test]
    fn what_is_written_is_read_back_the_same() {
        for (resource_type, json) in [
            (
                ResourceType::Share,
                r#"{"imageId":"m-bp1","accountId":"1","region":"cn-hangzhou","sharedTime":"T","__state":{"format":1,"owner":"9","inDoubt":true}}"#,
            ),
            (
                ResourceType::Set,
                r#"{"imageId":"m-bp1","accountIds":["1","2"],"mode":"authoritative","region":"cn-hangzhou","sharedTimes":["T",""],"__state":{"format":1,"owner":"9","inDoubt":[1],"seen":["7"]}}"#,
            ),
        ] {
            let state = read(resource_type, json);
            assert_eq!(State::read(resource_type, &state.outputs()), Ok(state.clone()));
            assert_eq!(serde_json::to_string(&state.outputs()).ok().as_deref(), Some(json));
        }
    }

    #[test]
    fn a_newer_format_is_refused_and_an_older_one_is_not() {
        let newer = outputs(r#"{"imageId":"m-bp1","accountId":"1","sharedTime":"T","__state":{"format":2}}"#);
        let error = State::read(ResourceType::Share, &newer).err();
        assert_eq!(error.map(|error| error.code), Some(Code::StateTooNew));
    }
}

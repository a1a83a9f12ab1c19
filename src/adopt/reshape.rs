//! Single shares become a set, and a set becomes single shares.

use super::found::Found;
use super::migrate::Moved;
use crate::engine_files::unmark;
use crate::rules::ResourceType;
use crate::share_id::ShareId;
use crate::state::State;
use crate::value::Value;

/// What single shares must have in common to become one set, beside image and region: the engine's options
/// that a set has once for all of its accounts, and inputs of the same kind.
const COMMON_FIELDS: &[&str] = &["parent", "retainOnDelete", "deletedWith", "replaceWith"];
const COMMON_INPUTS: &[&str] = &["region", "profile", "adopt"];

/// What a set made of several shares does not take over: it is about one of them.
const DROPPED: &[&str] = &["aliases", "customTimeouts", "importID", "sourcePosition", "stackTrace"];

/// Whether two shares can be in the same set.
pub(super) fn go_together(one: &Moved, other: &Moved) -> bool {
    one.found.image == other.found.image
        && one.found.front_end == other.found.front_end
        && one.provider == other.provider
        && COMMON_FIELDS.iter().all(|key| one.resource.get(key) == other.resource.get(key))
        && COMMON_INPUTS.iter().all(|key| one.found.inputs.get(key) == other.found.inputs.get(key))
}

/// The set of some shares of an image, which go together.
pub(super) fn merged(shares: &[Moved], name: String) -> Option<Moved> {
    let first = shares.first()?;
    let Found { image, inputs, .. } = &first.found;
    let accounts: Vec<_> =
        shares.iter().flat_map(|share| share.found.accounts.iter().flatten().cloned()).collect();
    let items: Vec<Value> = accounts.iter().map(|(_, item)| item.clone()).collect();
    let is_kept = |share: &&Moved| *share.found.inputs.get("keepOnDelete") == Value::Flag(true);
    let kept = shares.iter().filter(is_kept).map(|share| share.found.inputs.get("accountId").clone());
    let kept: Vec<Value> = kept.collect();
    let mut set = Value::given(vec![
        ("imageId", inputs.get("imageId").clone()),
        ("accountIds", Value::List(items)),
        ("keepOnDelete", if kept.is_empty() { Value::Missing } else { Value::List(kept) }),
        ("waitForImage", inputs.get("waitForImage").clone()),
    ]);
    for key in COMMON_INPUTS {
        if !inputs.get(key).is_missing() {
            set.set(key, inputs.get(key).clone());
        }
    }
    let state = State {
        resource_type: ResourceType::Set,
        inputs: unmark(set.clone()),
        owned: shares.iter().flat_map(|share| share.found.state.owned.iter().cloned()).collect(),
        owner: shares.iter().find_map(|share| share.found.state.owner.clone()),
        seen: Vec::new(),
        is_recorded: true,
    };
    let mut resource = first.resource.clone();
    for key in DROPPED {
        resource.set(key, Value::Missing);
    }
    if shares.iter().any(|share| share.resource.is("protect")) {
        resource.set("protect", Value::Flag(true));
    }
    let lists: Vec<Value> = shares.iter().map(|share| share.resource.get("dependencies")).collect();
    resource.set("dependencies", union(&lists));
    let by_property = |share: &Moved| share.resource.get("propertyDependencies");
    let mut dependencies = Value::Map(Vec::new());
    for (old, new) in
        [("imageId", "imageId"), ("accountId", "accountIds"), ("region", "region"), ("profile", "profile")]
    {
        let lists: Vec<Value> = shares.iter().map(|share| by_property(share).get(old).clone()).collect();
        let list = union(&lists);
        if !list.is_missing() {
            dependencies.set(new, list);
        }
    }
    let is_empty = dependencies.entries().is_empty();
    resource.set("propertyDependencies", if is_empty { Value::Missing } else { dependencies });
    let mut moved = Moved {
        origins: shares.iter().flat_map(|share| share.origins.iter().copied()).collect(),
        urn: first.urn.with_name(name).with_type(ResourceType::Set.token(first.found.front_end)?),
        id: image.to_string(),
        provider: first.provider.clone(),
        resource,
        found: Found {
            resource_type: ResourceType::Set,
            outputs: Value::Missing,
            inputs: set,
            state,
            accounts: Some(accounts),
            ..first.found.clone()
        },
    };
    moved.write_outputs();
    Some(moved)
}

/// The shares of a set, where no secret hides its accounts. `name` names the share of an account.
pub(super) fn split(set: &Moved, name: impl Fn(&str) -> String) -> Option<Vec<Moved>> {
    let Found { inputs, state, accounts, front_end, .. } = &set.found;
    let kept = inputs.get("keepOnDelete").items();
    let shares = accounts.as_ref()?.iter().map(|(account, item)| {
        let mut share = Value::given(vec![
            ("imageId", inputs.get("imageId").clone()),
            ("accountId", item.clone()),
            ("waitForImage", inputs.get("waitForImage").clone()),
        ]);
        for key in COMMON_INPUTS {
            if !inputs.get(key).is_missing() {
                share.set(key, inputs.get(key).clone());
            }
        }
        if kept.contains(item) {
            share.set("keepOnDelete", Value::Flag(true));
        }
        let mut resource = set.resource.clone();
        for key in DROPPED {
            resource.set(key, Value::Missing);
        }
        let mut dependencies = resource.get("propertyDependencies");
        let of_accounts = dependencies.take("accountIds");
        if !of_accounts.is_missing() {
            dependencies.set("accountId", of_accounts);
            resource.set("propertyDependencies", dependencies);
        }
        let id = ShareId { image: set.found.image.clone(), account: account.clone(), region: None };
        let owned = state.find(account).cloned();
        let mut moved = Moved {
            origins: set.origins.clone(),
            urn: set.urn.with_name(name(account.as_str())).with_type(ResourceType::Share.token(*front_end)?),
            id: id.to_string(),
            provider: set.provider.clone(),
            resource,
            found: Found {
                resource_type: ResourceType::Share,
                state: State {
                    resource_type: ResourceType::Share,
                    inputs: unmark(share.clone()),
                    owned: owned.into_iter().collect(),
                    seen: Vec::new(),
                    ..state.clone()
                },
                outputs: Value::Missing,
                inputs: share,
                accounts: Some(vec![(account.clone(), item.clone())]),
                ..set.found.clone()
            },
        };
        moved.write_outputs();
        Some(moved)
    });
    shares.collect()
}

/// Every item of some lists, each once; missing where there is none.
fn union(lists: &[Value]) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for item in lists.iter().flat_map(Value::items) {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
    if all.is_empty() { Value::Missing } else { Value::List(all) }
}

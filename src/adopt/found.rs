//! A share or a set that a state holds.

use super::deployment::Resource;
use super::provider_resource::Origin;
use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::engine_files::{PROVIDER, unmark};
use crate::image::ImageId;
use crate::region::Region;
use crate::rules::{FrontEnd, ResourceType};
use crate::share_id::{SetId, ShareId};
use crate::state::{Owned, State};
use crate::value::Value;

/// A share or a set, as one of the three front ends left it in a state.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its place among the resources.
    pub(super) place: usize,
    pub(super) front_end: FrontEnd,
    pub(super) resource_type: ResourceType,
    pub(super) image: ImageId,
    /// The image's region; none if the state does not have it.
    pub(super) region: Option<Region>,
    /// The inputs that ours has, with the engine's markers and without the text of a provider.
    pub(super) inputs: Value,
    /// The outputs, likewise.
    pub(super) outputs: Value,
    /// What the outputs say, as far as they can be read.
    pub(super) state: State,
    /// The accounts with the engine's markers, in the order of the state; none where a secret hides them.
    pub(super) accounts: Option<Vec<(AccountId, Value)>>,
}

impl Found {
    /// Reads a resource of a type that shares images; nothing where it is of another type.
    ///
    /// # Errors
    /// Its id is one that no rule accepts, or its state is of a newer format.
    pub(super) fn read(
        place: usize,
        resource: &Resource,
        origin: &Origin,
    ) -> Option<Result<Self, Diagnostic>> {
        let token = resource.urn.token.as_str();
        let (front_end, resource_type) = (FrontEnd::of(token)?, ResourceType::of(token)?);
        Some(match resource_type {
            ResourceType::Share => Self::share(place, resource, front_end, origin),
            ResourceType::Set => Self::set(place, resource, front_end),
        })
    }

    fn share(
        place: usize,
        resource: &Resource,
        front_end: FrontEnd,
        origin: &Origin,
    ) -> Result<Self, Diagnostic> {
        let id = ShareId::parse(resource.get("id").text().unwrap_or_default())
            .map_err(|why| malformed(resource, &why.to_string()))?;
        let mut inputs = ours(ResourceType::Share, &resource.get("inputs"));
        // What was imported or read may have no inputs: the id has them.
        for (key, text) in [("imageId", id.image.as_str()), ("accountId", id.account.as_str())] {
            if inputs.get(key).is_missing() {
                inputs.set(key, text.into());
            }
        }
        let mut outputs = resource.get("outputs");
        outputs.take(PROVIDER);
        let region = match front_end {
            FrontEnd::Official => origin.region.clone(),
            FrontEnd::Dynamic | FrontEnd::Plugin => region_of(&inputs, &outputs),
        };
        let mut state = match front_end {
            FrontEnd::Official => State {
                resource_type: ResourceType::Share,
                inputs: Value::Map(Vec::new()),
                owned: Vec::new(),
                owner: None,
                seen: Vec::new(),
                is_recorded: true,
            },
            FrontEnd::Dynamic | FrontEnd::Plugin => {
                State::read(ResourceType::Share, &unmark(outputs.clone()))?
            }
        };
        let (in_doubt, adopted) = match state.owned.first() {
            Some(owned) => (owned.in_doubt, owned.adopted),
            // A secret account: the flags do not depend on it.
            None => {
                let flag = |key: &str| *outputs.get("__state").get(key) == Value::Flag(true);
                (flag("inDoubt"), flag("adopted"))
            }
        };
        state.owned = vec![Owned {
            account: id.account.clone(),
            shared_time: outputs.text_at("sharedTime").to_owned(),
            in_doubt,
            adopted,
        }];
        if front_end == FrontEnd::Official {
            if let Some(region) = &region {
                inputs.set("region", region.as_str().into());
            }
            if let Some(profile) = &origin.profile {
                inputs.set("profile", profile.as_str().into());
            }
        }
        let accounts = Some(vec![(id.account, inputs.get("accountId").clone())]);
        Ok(Self {
            place,
            front_end,
            resource_type: ResourceType::Share,
            image: id.image,
            region,
            inputs,
            outputs,
            state,
            accounts,
        })
    }

    fn set(place: usize, resource: &Resource, front_end: FrontEnd) -> Result<Self, Diagnostic> {
        let id = SetId::parse(resource.get("id").text().unwrap_or_default())
            .map_err(|why| malformed(resource, &why.to_string()))?;
        let inputs = ours(ResourceType::Set, &resource.get("inputs"));
        let mut outputs = resource.get("outputs");
        outputs.take(PROVIDER);
        let state = State::read(ResourceType::Set, &unmark(outputs.clone()))?;
        let items = outputs.get("accountIds");
        let accounts: Option<Vec<_>> = match items {
            Value::List(items) => items
                .iter()
                .map(|item| AccountId::of_value(&unmark(item.clone())).map(|account| (account, item.clone())))
                .collect(),
            _ => None,
        };
        Ok(Self {
            place,
            front_end,
            resource_type: ResourceType::Set,
            image: id.image,
            region: region_of(&inputs, &outputs),
            inputs,
            outputs,
            state,
            accounts,
        })
    }

    /// The accounts that it is known to share with.
    pub(super) fn known_accounts(&self) -> impl Iterator<Item = &AccountId> {
        self.accounts.iter().flatten().map(|(account, _)| account)
    }
}

/// The inputs that ours has, among the ones of a state.
pub(super) fn ours(resource_type: ResourceType, inputs: &Value) -> Value {
    Value::given(resource_type.inputs().iter().map(|key| (*key, inputs.get(key).clone())).collect())
}

fn region_of(inputs: &Value, outputs: &Value) -> Option<Region> {
    let parsed = |values: &Value| values.get("region").text().and_then(|text| Region::parse(text).ok());
    parsed(inputs).or_else(|| parsed(outputs))
}

fn malformed(resource: &Resource, why: &str) -> Diagnostic {
    let id = resource.get("id").text().unwrap_or_default().to_owned();
    Diagnostic::new(
        Code::StateResourceMalformed,
        format!("the id {{}} of resource {{}} names no share that can exist, since {why}"),
        [quote(&id), quote(&resource.urn.name)],
    )
}

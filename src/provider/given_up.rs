//! What to keep of an operation that the front end waits for no longer.

use super::{Provider, Written};
use crate::api::Transport;
use crate::rules::{Inputs, ResourceType};
use crate::state::{Owned, State};
use crate::value::Value;

impl<T: Transport> Provider<T> {
    /// The state of a create or update that is still under way when its time is over: every account that it
    /// adds or removes is in doubt. None where it is not known what it is about.
    pub fn given_up(&self, resource_type: ResourceType, olds: &Value, news: &Value) -> Option<Written> {
        let old = State::read(resource_type, olds).ok()?;
        let inputs = Inputs::read(resource_type, news);
        let (image, region) = (inputs.image.as_ref()?, self.region_of(&inputs).ok()??);
        let declared = inputs.known_accounts();
        let mut owned: Vec<Owned> = old.owned.clone();
        for owned in &mut owned {
            owned.in_doubt |= !declared.contains(&owned.account);
        }
        let added = declared.iter().filter(|account| old.find(account).is_none());
        owned.extend(added.map(|account| Owned {
            account: account.clone(),
            shared_time: String::new(),
            in_doubt: true,
        }));
        let id = match resource_type {
            ResourceType::Share => format!("{image}:{}", declared.first()?),
            ResourceType::Set => image.to_string(),
        };
        let mut inputs = news.clone();
        inputs.set("region", region.to_string().into());
        let state = State { resource_type, inputs, owned, is_recorded: true, ..old };
        Some(Written::new(id, &state, Vec::new()))
    }
}

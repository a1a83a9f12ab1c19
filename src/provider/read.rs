//! read: a resource as it is in the cloud.

use super::owner::Standing;
use super::scope::ImageView;
use super::{Found, Provider, preflight};
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::ecs::{Listing, Share};
use crate::known::Known;
use crate::rules::{Inputs, Mode, ResourceType};
use crate::share_id::{NotAnId, SetId, ShareId};
use crate::state::{Owned, State};
use crate::value::Value;

impl<T: Transport> Provider<T> {
    /// The resource as it is, by its id and the outputs that the state has of it (`known`; empty for an
    /// import, inputs alone for a `get`). None when it is gone: a complete list, read by the image's owner,
    /// says so.
    ///
    /// # Errors
    /// A malformed id, a state of a newer format, or what the settings or the API refuse. A resource that no
    /// state has and that does not exist: Pulumi would take any other response for one that does.
    pub async fn read(
        &self,
        resource_type: ResourceType,
        id: &str,
        known: &Value,
    ) -> Result<Option<Found>, Error> {
        let found = self.find(resource_type, id, known).await;
        found
            .map(|found| found.map(|found| self.secret_inputs.hide_in_found(found)))
            .map_err(|error| self.secret_inputs.hide_in_error(error))
    }

    async fn find(
        &self,
        resource_type: ResourceType,
        id: &str,
        known: &Value,
    ) -> Result<Option<Found>, Error> {
        let mut state = State::read(resource_type, known)?;
        let (id, inputs) = self.identify(&mut state, id)?;
        let view = self.open(&inputs).await?;
        state.inputs.set("region", view.region().to_string().into());
        let listing = view.writer.list().await?;
        let Listing::Shares(shares) = &*listing else {
            return self.read_without_image(&view, id, state).await;
        };
        match resource_type {
            ResourceType::Share => self.read_share(&view, id, state, shares.items()).await,
            ResourceType::Set => self.read_set(&view, id, state, &inputs, shares.items()).await,
        }
    }

    async fn read_share(
        &self,
        view: &ImageView<T>,
        id: String,
        mut state: State,
        shares: &[Share],
    ) -> Result<Option<Found>, Error> {
        let Some(owned) = state.owned.first_mut() else { return Ok(None) };
        match shares.iter().find(|share| share.account_id == owned.account) {
            Some(share) => {
                *owned = settled(share, owned.adopted);
                if state.is_recorded {
                    state.owner = self.owner(view, state.owner.as_ref()).await;
                }
            }
            None if !state.is_recorded => {
                return Err(Diagnostic::new(
                    Code::ShareNotFound,
                    "there is no share {} in region {}",
                    [id, view.region().to_string()],
                )
                .at("id")
                .into());
            }
            // The write may show later: it stays until an operation settles it.
            None if owned.in_doubt => {}
            None => {
                self.verify_owner(view, state.owner.as_ref()).await?;
                return Ok(None);
            }
        }
        Ok(Some(Found::new(id, &state, Vec::new())))
    }

    async fn read_set(
        &self,
        view: &ImageView<T>,
        id: String,
        mut state: State,
        inputs: &Inputs,
        shares: &[Share],
    ) -> Result<Option<Found>, Error> {
        let live = |account: &AccountId| shares.iter().find(|share| share.account_id == *account);
        if !state.is_recorded {
            // A `get` or an import says nothing of accounts: it reads all there are.
            state.owned = shares.iter().map(|share| settled(share, false)).collect();
            state.owner = self.owner(view, None).await;
            return Ok(Some(Found::new(id, &state, Vec::new())));
        }
        let had = state.owned.len();
        let mut owned: Vec<Owned> = Vec::new();
        let mut is_missing = false;
        for account in std::mem::take(&mut state.owned) {
            match live(&account.account) {
                Some(share) => owned.push(settled(share, account.adopted)),
                None if account.in_doubt => owned.push(account),
                None => is_missing = true,
            }
        }
        if is_missing {
            self.verify_owner(view, state.owner.as_ref()).await?;
        }
        if owned.is_empty() && had > 0 {
            return Ok(None);
        }
        state.owned = owned;
        state.owner = self.owner(view, state.owner.as_ref()).await;
        state.seen = Vec::new();
        if inputs.mode == Known::Is(Mode::Authoritative) {
            let strangers = shares.iter().filter(|share| state.find(&share.account_id).is_none());
            state.seen = strangers.map(|share| share.account_id.clone()).collect();
        }
        Ok(Some(Found::new(id, &state, Vec::new())))
    }

    /// The image is not visible: gone only to its owner.
    async fn read_without_image(
        &self,
        view: &ImageView<T>,
        id: String,
        state: State,
    ) -> Result<Option<Found>, Error> {
        if !state.is_recorded {
            return Err(preflight::not_found(view.id(), view.region(), None).into());
        }
        match self.standing(view, state.owner.as_ref()).await? {
            Standing::Owner => Ok(None),
            Standing::NotRecorded(caller) => {
                let caller = caller.map(|caller| caller.account.to_string());
                let warning = Diagnostic::new(
                    Code::OwnerNotRecorded,
                    "image {} is not visible to the caller{}, and the state does not record its owner, so that the share is kept",
                    [view.id().to_string(), caller.map(|caller| format!(" (account {caller})")).unwrap_or_default()],
                )
                .with_help("if the image is gone, run `pulumi destroy` or remove the resource; if it belongs to another account, use that account's credentials");
                Ok(Some(Found::new(id, &state, vec![warning])))
            }
        }
    }

    /// The id as the state has it, and the inputs that it and the state name.
    pub(super) fn identify(&self, state: &mut State, id: &str) -> Result<(String, Inputs), Error> {
        let (id, image, region) = match state.resource_type {
            ResourceType::Share => {
                let mut parsed =
                    ShareId::parse(id).map_err(|why| malformed(id, state.resource_type, &why))?;
                let region = parsed.region.take();
                if state.owned.first().is_none_or(|owned| owned.account != parsed.account) {
                    let in_doubt = state.is_in_doubt();
                    let account = parsed.account.clone();
                    state.owned =
                        vec![Owned { account, shared_time: String::new(), in_doubt, adopted: false }];
                }
                (parsed.to_string(), parsed.image, region)
            }
            ResourceType::Set => {
                let parsed = SetId::parse(id).map_err(|why| malformed(id, state.resource_type, &why))?;
                (parsed.image.to_string(), parsed.image, parsed.region)
            }
        };
        if state.inputs == Value::Missing {
            state.inputs = Value::Map(Vec::new());
        }
        state.inputs.set("imageId", image.to_string().into());
        if let Some(region) = region {
            state.inputs.set("region", region.to_string().into());
        }
        Ok((id, Inputs::read(state.resource_type, &state.declared())))
    }
}

fn malformed(id: &str, resource_type: ResourceType, why: &NotAnId) -> Diagnostic {
    let (code, what) = match resource_type {
        ResourceType::Share => (Code::ShareIdMalformed, "a share permission"),
        ResourceType::Set => (Code::SetIdMalformed, "a set"),
    };
    Diagnostic::new(code, format!("{{}} is not the id of {what}, since {why}"), [quote(id)]).at("id")
}

pub(super) fn settled(share: &Share, adopted: bool) -> Owned {
    let (account, shared_time) = (share.account_id.clone(), share.shared_time.clone());
    Owned { account, shared_time, in_doubt: false, adopted }
}

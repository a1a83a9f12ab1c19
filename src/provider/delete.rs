//! delete: revokes the shares that a resource owns.

use super::owner::Standing;
use super::{Failed, Provider, adoption};
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::ecs::Modification;
use crate::rules::{ResourceType, list};
use crate::shares::{Outcome, Request};
use crate::state::State;
use crate::value::Value;

impl<T: Transport> Provider<T> {
    /// Revokes the shares that the state has of a resource (`known`, its outputs), and returns what there is
    /// to say. A share that is gone, or whose image or account is, is revoked already. One that another
    /// resource of the deployment declares stays, and so does one that is to be kept. What is in doubt is revoked although no list shows it.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse for an account that is left.
    pub async fn delete(
        &self,
        resource_type: ResourceType,
        id: &str,
        known: &Value,
    ) -> Result<Vec<Diagnostic>, Failed> {
        let said = self.revoke(resource_type, id, known).await;
        said.map(|said| self.secret_inputs.hide(said))
            .map_err(|failed| self.secret_inputs.hide_in_failed(failed))
    }

    async fn revoke(
        &self,
        resource_type: ResourceType,
        id: &str,
        known: &Value,
    ) -> Result<Vec<Diagnostic>, Failed> {
        let mut state = State::read(resource_type, known)?;
        let (_, inputs) = self.identify(&mut state, id)?;
        let view = self.open(&inputs).await?;
        let (kept, revoked): (Vec<_>, Vec<_>) =
            state.owned.iter().partition(|owned| self.is_kept(&inputs, owned));
        let mut said: Vec<Diagnostic> = adoption::kept(&view, kept.len()).into_iter().collect();
        let requests: Vec<Request> = revoked
            .into_iter()
            .filter(|owned| !view.image.is_declared(&owned.account, None))
            .map(|owned| Request { account: owned.account.clone(), in_doubt: owned.in_doubt })
            .collect();
        if requests.is_empty() {
            return Ok(said);
        }
        let accounts: Vec<AccountId> = requests.iter().map(|request| request.account.clone()).collect();
        let outcomes = view.writer.change(requests, Modification::Remove).await;
        let mut failed: Vec<(AccountId, Error)> = Vec::new();
        let (mut is_without_image, mut is_absent) = (false, false);
        for (account, outcome) in accounts.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Settled(_) => {}
                Outcome::Existing(_) => is_absent = true,
                Outcome::NoImage => is_without_image = true,
                Outcome::Refused(error) | Outcome::NotSent(error) | Outcome::InDoubt(error) => {
                    failed.push((account, error));
                }
            }
        }
        if let Some((_, error)) = failed.first().cloned() {
            let accounts: Vec<AccountId> = failed.into_iter().map(|(account, _)| account).collect();
            let error = match resource_type {
                ResourceType::Share => error,
                ResourceType::Set => not_revoked(view.id().as_str(), &accounts, &error),
            };
            return Err(error.into());
        }
        if is_absent {
            // A list that lacks a share says that it is gone only where the image's owner reads it.
            self.verify_owner(&view, state.owner.as_ref()).await?;
        }
        if !is_without_image {
            return Ok(said);
        }
        match self.standing(&view, state.owner.as_ref()).await? {
            Standing::Owner => Ok(said),
            Standing::NotRecorded(caller) => {
                let caller =
                    caller.map(|caller| format!(" (account {})", caller.account)).unwrap_or_default();
                said.push(Diagnostic::new(
                    Code::OwnerNotRecorded,
                    "image {} is not visible to the caller{}, and the state does not record its owner: its shares are taken for gone",
                    [view.id().to_string(), caller],
                ));
                Ok(said)
            }
        }
    }
}

fn not_revoked(image: &str, accounts: &[AccountId], error: &Error) -> Error {
    let reason = error.diagnostic();
    let plural = if accounts.len() == 1 { "share" } else { "shares" };
    Diagnostic::new(
        reason.code,
        format!("{} {plural} of image {{}} could not be revoked ({{}}): {{}}", accounts.len()),
        [image.to_owned(), list(accounts), reason.message()],
    )
    .with_help_of(&reason)
    .with_api_code(reason.code_name())
    .into()
}

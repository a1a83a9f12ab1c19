//! Whether the caller owns an image: only then may it conclude that a share is gone.

use std::time::Duration;

use super::Provider;
use super::scope::ImageView;
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::sts::Caller;

/// How long the owner of an image that was not inspected is looked for, once a caller.
const LOOKUP: Duration = Duration::from_secs(2);

/// Who the caller is to an image that it does not see.
pub(super) enum Standing {
    /// The owner: the image is gone.
    Owner,
    /// Nobody recorded the owner. The caller, where it is known.
    NotRecorded(Option<Caller>),
}

impl<T: Transport> Provider<T> {
    /// The owner of an image that the caller has just shared, listed or inspected, as far as it is known
    /// without another call, or by one cached GetCallerIdentity where `may_ask`.
    pub(super) async fn owner(&self, view: &ImageView<T>, recorded: Option<&AccountId>) -> Option<AccountId> {
        if let Some(owner) = recorded {
            return Some(owner.clone());
        }
        let known = view.scope.catalog.known(view.id());
        if let Some(owner) = known.and_then(|image| image.owner.clone()) {
            return Some(owner);
        }
        let caller = view.scope.session.caller_within(Some(LOOKUP)).await;
        caller.ok().map(|caller| caller.account)
    }

    /// Who the caller is to an image that it does not see.
    ///
    /// # Errors
    /// Both accounts where the caller is not the recorded owner, and a remedy where the caller is not known.
    pub(super) async fn standing(
        &self,
        view: &ImageView<T>,
        recorded: Option<&AccountId>,
    ) -> Result<Standing, Error> {
        let caller = view.scope.session.caller_within(None).await;
        match (recorded, caller) {
            (None, caller) => Ok(Standing::NotRecorded(caller.ok())),
            (Some(owner), Ok(caller)) if *owner == caller.account => Ok(Standing::Owner),
            (Some(owner), Ok(caller)) => Err(other_account(view, owner, &caller.account)),
            (Some(owner), Err(error)) => Err(Diagnostic::new(
                Code::CallerUnknown,
                "image {} of account {} is not visible, and whether it is gone is not known, since the caller is not: {}",
                [view.id().to_string(), owner.to_string(), error.diagnostic().message()],
            )
            .into()),
        }
    }

    /// Whether the caller owns an image that it sees, and of which it misses a share.
    ///
    /// # Errors
    /// Both accounts where it is another account's image.
    pub(super) async fn verify_owner(
        &self,
        view: &ImageView<T>,
        recorded: Option<&AccountId>,
    ) -> Result<(), Error> {
        match view.scope.catalog.find(view.id()).await {
            Ok(Some(image)) => {
                let is_other = image.owner_alias == "others"
                    || matches!((recorded, &image.owner), (Some(recorded), Some(owner)) if recorded != owner);
                if !is_other {
                    return Ok(());
                }
                let caller = view.scope.session.caller_within(Some(LOOKUP)).await;
                let caller = caller.map(|caller| caller.account.to_string()).unwrap_or_default();
                let owner = recorded.or(image.owner.as_ref()).map(ToString::to_string).unwrap_or_default();
                Err(not_the_owner(view, owner, caller))
            }
            // The image cannot be looked up: the caller's own account decides.
            Ok(None) | Err(_) => match self.standing(view, recorded).await? {
                Standing::Owner | Standing::NotRecorded(_) => Ok(()),
            },
        }
    }
}

fn other_account<T: Transport>(view: &ImageView<T>, owner: &AccountId, caller: &AccountId) -> Error {
    not_the_owner(view, owner.to_string(), caller.to_string())
}

fn not_the_owner<T: Transport>(view: &ImageView<T>, owner: String, caller: String) -> Error {
    Diagnostic::new(
        Code::OtherAccount,
        "image {} belongs to account {}, and the credentials are those of account {}, which cannot tell whether its shares are gone",
        [view.id().to_string(), owner, caller],
    )
    .into()
}

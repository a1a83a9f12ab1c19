//! Whether an image has room for what a deployment adds.

use super::Provider;
use super::scope::{Planned, SharedImage, add_to};
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::{Count, Inputs};
use crate::shares::ShareWriter;

/// The way out of a full image for a set.
const SET_HELP: &str = "list fewer accounts, or raise \"Quota of users that can be shared per custom image\" in the quota center and set `{alicloud-image-share:accountLimit}`";

/// What a resource is about to do to an image.
pub(super) struct Intent<'a> {
    /// The input that a refusal is about.
    pub(super) property: &'static str,
    /// The accounts that it wants there.
    pub(super) declared: &'a [AccountId],
    /// Accounts that are removed before any is added.
    pub(super) removed_first: &'a [AccountId],
    /// An account that can be removed first where there is no room otherwise.
    pub(super) replaced: Option<&'a AccountId>,
}

impl<T: Transport> Provider<T> {
    /// Adds what a resource is about to do to what the deployment does, and says where it is too much.
    /// What is refused does not count for the next.
    pub(super) fn make_room(
        &self,
        image: &SharedImage,
        live: &[AccountId],
        intent: &Intent<'_>,
    ) -> Option<Diagnostic> {
        let limit = self.settings.account_limit();
        let declared = image.declared.borrow().accounts();
        let mut planned = image.planned.borrow_mut();
        let additions: Vec<AccountId> =
            intent.declared.iter().filter(|account| !live.contains(account)).cloned().collect();
        // An account that was to be removed first stays where this resource declares it, and makes no room.
        let stays = intent.declared.iter().any(|account| planned.removed_first.contains(account));
        if additions.is_empty() && !stays {
            return None;
        }
        let (added, removed_first) = (planned.added.len(), planned.removed_first.len());
        add_to(&mut planned.added, &additions);
        // What a set removes beyond what it adds makes no room for others: they may come before the set.
        let making_room = intent.removed_first.iter().take(additions.len()).cloned().collect::<Vec<_>>();
        add_to(&mut planned.removed_first, &making_room);
        let judge = |planned: &Planned| {
            let count = Count {
                live,
                added: &planned.added,
                removed_first: &planned.removed_first,
                declared: &declared,
            };
            let judged = count.judge(&image.key.1, limit, intent.property);
            // A set makes room by itself: what helps single shares is no help to it.
            judged.map(|judged| match judged.code {
                Code::ImageAccountLimit if intent.property == "accountIds" => judged.with_help(SET_HELP),
                _ => judged,
            })
        };
        let mut refusal = judge(&planned);
        if refusal.as_ref().is_some_and(Diagnostic::is_error)
            && let Some(replaced) = intent.replaced
        {
            add_to(&mut planned.removed_first, std::slice::from_ref(replaced));
            refusal = judge(&planned);
        }
        if refusal.as_ref().is_some_and(Diagnostic::is_error) {
            planned.added.truncate(added);
            planned.removed_first.truncate(removed_first);
        }
        refusal
    }

    /// The API's refusal of one account too many, in the words of the preflight; other errors as they are.
    pub(super) async fn in_words_of_the_limit(
        &self,
        image: &SharedImage,
        writer: &ShareWriter<T>,
        inputs: &Inputs,
        error: Error,
    ) -> Error {
        if !error.is(Code::ApiAccountLimit) {
            return error;
        }
        let Ok(listing) = writer.list().await else { return error };
        let live = listing.accounts();
        let declared = image.declared.borrow().accounts();
        let added = inputs.known_accounts();
        let count = Count { live: &live, added: &added, removed_first: &[], declared: &declared };
        let property = inputs.accounts_property();
        let Some(refusal) = count.judge(&image.key.1, live.len(), property) else { return error };
        let request_id = error.call().and_then(|call| call.failure.request_id()).unwrap_or_default();
        refusal.adding(&format!(" ({}, request id {{}})", error.code()), request_id).into()
    }
}

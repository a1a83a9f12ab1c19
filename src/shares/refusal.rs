//! What part of a call a refusal is about.

use crate::account::AccountId;
use crate::api::{Error, retry_reason};
use crate::diagnostic::Code;
use crate::ecs::is_about_accounts;

/// What part of a call a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefusalScope {
    /// One account of the call, by its place.
    Account(usize),
    /// Some of its accounts; which ones is not known.
    SomeAccounts,
    /// The number of its accounts: fewer may fit.
    Quota,
    /// The call as a whole.
    Call,
}

impl RefusalScope {
    pub(super) fn of(error: &Error, accounts: &[AccountId]) -> Self {
        if error.is(Code::ApiAccountLimit) {
            return Self::Quota;
        }
        if !is_about_accounts(error) {
            return Self::Call;
        }
        if accounts.len() == 1 {
            return Self::Account(0);
        }
        let message = error.call().and_then(|call| call.failure.api_message()).unwrap_or_default();
        let numbers = message.split(|c: char| !c.is_ascii_digit());
        let mut named =
            numbers.filter_map(|number| accounts.iter().position(|account| account.as_str() == number));
        named.next().map_or(Self::SomeAccounts, Self::Account)
    }
}

/// Whether the API judged the call and refused it; not where it was too busy to, or never saw it.
pub(super) fn is_refusal(error: &Error) -> bool {
    error.call().is_some_and(|call| retry_reason(&call.failure).is_none() && call.failure.is_refusal())
}

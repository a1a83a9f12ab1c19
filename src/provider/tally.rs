//! What became of the accounts of an update.

use crate::account::AccountId;
use crate::ecs::{Change, Outcome, Share};
use crate::error::Error;

/// A count of who is there and who failed.
#[derive(Default)]
pub(super) struct Tally {
    /// Whether anything may have changed.
    pub(super) changed: bool,
    pub(super) there: Vec<AccountId>,
    pub(super) shares: Vec<Share>,
    pub(super) errors: Vec<(AccountId, Error)>,
}

impl Tally {
    /// Counts what became of accounts that were to come or go.
    pub(super) fn take(&mut self, accounts: Vec<AccountId>, outcomes: Vec<Outcome>, change: Change) {
        for (account, outcome) in accounts.into_iter().zip(outcomes) {
            // Nobody knows of an account in doubt: the set keeps it, so that the next run looks again.
            let doubt = outcome.as_ref().is_err_and(Error::is_doubtful);
            let failed = outcome.is_err();
            if doubt || failed == (change == Change::Remove) {
                self.there.push(account.clone());
            }
            self.changed |= doubt || !failed;
            match outcome {
                Ok(share) => self.shares.extend(share),
                Err(error) => self.errors.push((account, error)),
            }
        }
    }
}

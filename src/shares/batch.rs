//! One batch: what of it has to be written, its writes, and the reads that confirm them.

use std::rc::Rc;
use std::time::Duration;

use super::Outcome;
use super::refusal::{RefusalScope, is_refusal};
use super::writer::{Job, ShareWriter};
use crate::account::AccountId;
use crate::api::{Backoff, Error, Reason, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::ecs::{Listing, Modification, modify_image_share_permission};
use crate::rules::ACCOUNTS_PER_CALL;

/// The first and the longest wait between reads for a write to show.
const SETTLE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// What became of each account of a batch.
pub(super) type Outcomes = Vec<(AccountId, Outcome)>;

impl<T: Transport> ShareWriter<T> {
    /// Runs jobs of one kind, and returns what became of each account.
    pub(super) async fn outcomes(&self, change: Modification, jobs: &[Rc<Job>]) -> Outcomes {
        let asked = jobs.iter().map(|job| job.asked).max().unwrap_or_default();
        let mut accounts: Vec<AccountId> = Vec::new();
        for job in jobs {
            if !accounts.contains(&job.account) {
                accounts.push(job.account.clone());
            }
        }
        // To find that an account has to be written, an older list will do: the write is read back.
        // To find that nothing has to be done, it will not.
        let is_needed = |listing: &Listing| accounts.iter().all(|account| !is_done(listing, account, change));
        let listing = match self.reader.known().filter(|listing| is_needed(listing)) {
            Some(listing) => Ok(listing),
            None => self.reader.since(asked).await,
        };
        let listing = match listing {
            Ok(listing) => listing,
            Err(error) => return all(accounts, &Outcome::NotSent(error)),
        };
        if *listing == Listing::NoImage {
            return all(accounts, &Outcome::NoImage);
        }
        // By the state, or since an operation of this deployment. A list may still show what was before it.
        let known = self.in_doubt.borrow().clone();
        let in_doubt = |account: &AccountId| {
            known.contains(account) || jobs.iter().any(|job| job.in_doubt && job.account == *account)
        };
        let (done, todo): (Vec<_>, Vec<_>) = accounts
            .into_iter()
            .partition(|account| is_done(&listing, account, change) && !in_doubt(account));
        let mut outcomes: Outcomes = Vec::new();
        outcomes.extend(done.into_iter().map(|account| {
            let share = listing.find(&account).cloned();
            (account, Outcome::Existing(share))
        }));
        let mut batch = Batch { change, stopped: None, written: Vec::new(), outcomes };
        for accounts in todo.chunks(ACCOUNTS_PER_CALL) {
            self.write(&mut batch, accounts.to_vec()).await;
        }
        self.confirm(&mut batch).await;
        batch.outcomes
    }

    /// Writes accounts, and finds out which of them the API refuses: by its message where that names
    /// one, else by halves. A refusal of the whole call stops all that would follow.
    async fn write(&self, batch: &mut Batch, accounts: Vec<AccountId>) {
        let change = batch.change;
        let mut groups = vec![accounts];
        while let Some(mut group) = groups.pop() {
            if let Some(outcome) = &batch.stopped {
                batch.outcomes.extend(all(group, outcome));
                continue;
            }
            let error = match self.write_group(change, &group).await {
                Ok(()) => {
                    batch.written.append(&mut group);
                    continue;
                }
                Err(NotWritten::InDoubt { left, error }) => {
                    group.retain(|account| !left.contains(account));
                    batch.written.append(&mut group);
                    batch.outcomes.extend(all(left, &Outcome::InDoubt(error.clone())));
                    batch.stopped = Some(Outcome::NotSent(error));
                    continue;
                }
                Err(NotWritten::Failed(error)) => error,
            };
            if !is_refusal(&error) {
                batch.outcomes.extend(all(group, &Outcome::NotSent(error.clone())));
                batch.stopped = Some(Outcome::NotSent(error));
                continue;
            }
            if error.is(Code::ApiImageNotFound) {
                batch.outcomes.extend(all(group, &Outcome::NoImage));
                batch.stopped = Some(Outcome::NoImage);
                continue;
            }
            // Nobody says whether the API refuses to add what is there, or to remove what is not.
            let existing = self.settle_existing(batch, &mut group).await;
            if group.is_empty() {
                continue;
            }
            if existing.settled > 0 {
                groups.push(group);
                continue;
            }
            match RefusalScope::of(&error, &group) {
                RefusalScope::Account(index) => {
                    let account = group.remove(index);
                    let is_gone = change == Modification::Remove && error.is(Code::ApiAccountNotFound);
                    let outcome = if is_gone { Outcome::Settled(None) } else { Outcome::Refused(error) };
                    batch.outcomes.push((account, outcome));
                    if !group.is_empty() {
                        groups.push(group);
                    }
                }
                RefusalScope::SomeAccounts => {
                    let second = group.split_off(group.len() / 2);
                    groups.extend([second, group]);
                }
                RefusalScope::Quota => {
                    let room = existing.accounts.map_or(usize::MAX, |count| self.limit.saturating_sub(count));
                    if group.len() == 1 || room == 0 {
                        batch.outcomes.extend(all(group, &Outcome::Refused(error.clone())));
                        batch.stopped = Some(Outcome::Refused(error));
                    } else {
                        let second = group.split_off(room.min(group.len() / 2));
                        groups.extend([second, group]);
                    }
                }
                RefusalScope::Call => {
                    batch.outcomes.extend(all(group, &Outcome::Refused(error.clone())));
                    batch.stopped = Some(Outcome::NotSent(error));
                }
            }
        }
    }

    /// Moves accounts that are as asked already to the written ones.
    async fn settle_existing(&self, batch: &mut Batch, group: &mut Vec<AccountId>) -> Existing {
        let Ok(listing) = self.reader.fresh().await else {
            return Existing { settled: 0, accounts: None };
        };
        let before = group.len();
        let change = batch.change;
        batch.written.extend(group.extract_if(.., |account| is_done(&listing, account, change)));
        Existing { settled: before - group.len(), accounts: Some(listing.shares().len()) }
    }

    /// One write, sent again for what it has not done while its outcome is unknown: each time after a read.
    async fn write_group(&self, change: Modification, accounts: &[AccountId]) -> Result<(), NotWritten> {
        let context = self.client.context();
        let deadline = self.client.deadline();
        let mut backoff = Backoff::default();
        let mut left = accounts.to_vec();
        let mut in_doubt = false;
        loop {
            self.reader.forget();
            let outcome = modify_image_share_permission(&self.client, &self.image, change, &left).await;
            self.reader.forget();
            let Err(error) = outcome else { return Ok(()) };
            let may_have_happened = error.call().is_some_and(|call| call.may_have_happened());
            in_doubt |= may_have_happened;
            if !may_have_happened {
                // An earlier attempt may have had its effect, whatever ended this one.
                return Err(if in_doubt {
                    NotWritten::InDoubt { left, error }
                } else {
                    NotWritten::Failed(error)
                });
            }
            let wait = backoff.next(Reason::Transient, &context.budget, context.transport.random(), None);
            let Ok(listing) = self.reader.fresh().await else {
                return Err(NotWritten::InDoubt { left, error });
            };
            left.retain(|account| !is_done(&listing, account, change));
            if left.is_empty() {
                return Ok(());
            }
            match wait {
                Some(wait) if context.transport.elapsed().plus(wait) < deadline => {
                    context.transport.sleep(wait).await;
                }
                _ => return Err(NotWritten::InDoubt { left, error }),
            }
        }
    }

    /// Reads until every write shows.
    async fn confirm(&self, batch: &mut Batch) {
        let context = self.client.context();
        let deadline = context.transport.elapsed().plus(context.limits.settle);
        let (mut wait, longest) = SETTLE;
        let mut written = std::mem::take(&mut batch.written);
        while !written.is_empty() {
            let listing = match self.reader.fresh().await {
                Ok(listing) => listing,
                Err(error) => {
                    batch.outcomes.extend(all(written, &Outcome::InDoubt(error)));
                    return;
                }
            };
            if *listing == Listing::NoImage {
                batch.outcomes.extend(all(written, &Outcome::NoImage));
                return;
            }
            let (shown, hidden): (Vec<_>, Vec<_>) =
                written.into_iter().partition(|account| is_done(&listing, account, batch.change));
            for account in shown {
                let share = listing.find(&account).cloned();
                batch.outcomes.push((account, Outcome::Settled(share)));
            }
            written = hidden;
            let is_late = context.transport.elapsed().plus(wait) >= deadline;
            if !written.is_empty() && (is_late || context.transport.is_cancelled()) {
                for account in written {
                    let error = self.not_shown(batch.change, &account);
                    batch.outcomes.push((account, Outcome::InDoubt(error)));
                }
                return;
            }
            if !written.is_empty() {
                context.transport.sleep(wait).await;
                wait = (wait * 2).min(longest);
            }
        }
    }

    fn not_shown(&self, change: Modification, account: &AccountId) -> Error {
        let template = match change {
            Modification::Add => "image {} was shared with account {}, and no list shows that yet",
            Modification::Remove => {
                "the share of image {} with account {} was revoked, and lists still show it"
            }
        };
        let values = [self.image.to_string(), account.to_string()];
        Diagnostic::new(Code::WriteNotShown, template, values).into()
    }
}

/// A batch while it is written.
struct Batch {
    change: Modification,
    /// What becomes of all that was not sent yet.
    stopped: Option<Outcome>,
    /// Accounts whose write was accepted.
    written: Vec<AccountId>,
    outcomes: Outcomes,
}

/// What a list shows of a group that was refused.
struct Existing {
    /// How many of its accounts are as asked already.
    settled: usize,
    /// How many accounts the image has; none where the list could not be read.
    accounts: Option<usize>,
}

/// Why a write did not succeed.
enum NotWritten {
    /// It had no effect.
    Failed(Error),
    /// It may have had its effect for these accounts.
    InDoubt { left: Vec<AccountId>, error: Error },
}

fn all(accounts: Vec<AccountId>, outcome: &Outcome) -> Outcomes {
    accounts.into_iter().map(|account| (account, outcome.clone())).collect()
}

fn is_done(listing: &Listing, account: &AccountId, change: Modification) -> bool {
    listing.find(account).is_some() == (change == Modification::Add)
}

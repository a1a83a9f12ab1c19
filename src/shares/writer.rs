//! Writes to one image: one at a time, gathered while the one before is under way, settled by reading.
//!
//! Whoever wants a change enqueues jobs and waits for the turn. Whoever has it runs everything that was
//! enqueued until then, so that most find their jobs done when their turn comes (a group commit).

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use async_lock::{Mutex, MutexGuard};
use event_listener::Event;
use futures_lite::future::or;

use super::arrivals::{Arrivals, UnderWay};
use super::reader::Reader;
use super::refusal::{RefusalScope, is_refusal};
use super::{EcsClient, Outcome};
use crate::account::AccountId;
use crate::api::{Backoff, Error, Reason, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::ecs::{Change, Listing, modify_image_share_permission};
use crate::image::ImageId;
use crate::rules::ACCOUNTS_PER_CALL;

/// The first and the longest wait between reads for a write to show.
const SETTLE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// An account that is to be added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The account.
    pub account: AccountId,
    /// Whether its last change is in doubt: a removal is sent although no list shows the account.
    pub in_doubt: bool,
}

impl From<AccountId> for Request {
    fn from(account: AccountId) -> Self {
        Self { account, in_doubt: false }
    }
}

#[derive(Debug)]
struct Job {
    account: AccountId,
    change: Change,
    in_doubt: bool,
    /// Whether it came without others: it may as well go with those that come next.
    is_alone: bool,
    asked: u64,
    outcome: RefCell<Option<Outcome>>,
    /// The first job of a request has it, until there is an outcome.
    under_way: RefCell<Option<UnderWay>>,
}

/// What became of each account of a batch.
type Outcomes = Vec<(AccountId, Outcome)>;

/// The writes to one image as one caller.
#[derive(Debug)]
pub struct ShareWriter<T> {
    client: Rc<EcsClient<T>>,
    image: ImageId,
    /// How many accounts the image can have, as far as is known.
    limit: usize,
    reader: Reader<T>,
    arrivals: Rc<Arrivals>,
    /// Shared by all callers: writes to one image go one at a time.
    turn: Rc<Mutex<()>>,
    jobs: RefCell<Vec<Rc<Job>>>,
    /// Accounts whose last change is in doubt.
    in_doubt: RefCell<Vec<AccountId>>,
    /// Some jobs were run.
    ran: Event,
}

impl<T: Transport> ShareWriter<T> {
    /// No writes yet. `arrivals` are those of all images; `turn` is the image's, whoever calls; `limit` the
    /// accounts that it can have.
    pub fn new(
        client: Rc<EcsClient<T>>,
        arrivals: Rc<Arrivals>,
        image: ImageId,
        turn: Rc<Mutex<()>>,
        limit: usize,
    ) -> Self {
        let reader = Reader::new(Rc::clone(&client), image.clone());
        Self {
            client,
            image,
            limit,
            reader,
            arrivals,
            turn,
            jobs: RefCell::default(),
            in_doubt: RefCell::default(),
            ran: Event::new(),
        }
    }

    /// Who has the image, from a list a second old at most.
    ///
    /// # Errors
    /// The listing's.
    pub async fn list(&self) -> Result<Rc<Listing>, Error> {
        self.reader.recent().await
    }

    /// Adds or removes accounts in as few calls as it takes, and returns what became of each, in their
    /// order, once that shows. Those that are as asked already are left alone.
    pub async fn change(&self, requests: Vec<Request>, change: Change) -> Vec<Outcome> {
        if requests.is_empty() {
            return Vec::new();
        }
        let jobs = self.enqueue(requests, change);
        // Whoever's jobs another ran goes on at once: new requests may have taken the turn already.
        let turn = or(self.finished(&jobs), async { Some(self.turn.lock().await) }).await;
        if turn.is_some() {
            while jobs.iter().any(|job| job.outcome.borrow().is_none()) {
                self.arrivals.gather(&self.client.context().transport, || self.jobs.borrow().len()).await;
                self.run().await;
            }
        }
        drop(turn);
        jobs.iter().map(|job| job.outcome.borrow().clone().unwrap_or_else(|| self.lost(job))).collect()
    }

    /// Waits until another has run all of the jobs.
    async fn finished(&self, jobs: &[Rc<Job>]) -> Option<MutexGuard<'_, ()>> {
        loop {
            let ran = self.ran.listen();
            if jobs.iter().all(|job| job.outcome.borrow().is_some()) {
                return None;
            }
            ran.await;
        }
    }

    fn enqueue(&self, requests: Vec<Request>, change: Change) -> Vec<Rc<Job>> {
        let asked = self.reader.moment();
        let is_alone = requests.len() == 1;
        let mut under_way = Some(self.arrivals.arrived(self.client.context().transport.elapsed()));
        let job = |Request { account, in_doubt }| {
            let under_way = RefCell::new(under_way.take());
            Rc::new(Job {
                account,
                change,
                in_doubt,
                is_alone,
                asked,
                outcome: RefCell::default(),
                under_way,
            })
        };
        let jobs: Vec<Rc<Job>> = requests.into_iter().map(job).collect();
        self.jobs.borrow_mut().extend(jobs.iter().cloned());
        jobs
    }

    /// The jobs to run together: those of the first one's kind, but for accounts that wait for another
    /// kind of change first. Jobs that nobody waits for any more are dropped.
    fn select(&self) -> Option<(Change, Vec<Rc<Job>>)> {
        let mut jobs = self.jobs.borrow_mut();
        jobs.retain(|job| Rc::strong_count(job) > 1);
        let change = jobs.first()?.change;
        let mut waiting = Vec::new();
        let mut selected = Vec::new();
        for job in jobs.iter() {
            if job.change == change && !waiting.contains(&&job.account) {
                selected.push(Rc::clone(job));
            } else {
                waiting.push(&job.account);
            }
        }
        // What does not fill a call waits for those that come while the full calls are under way.
        for _ in 0..selected.len() % ACCOUNTS_PER_CALL {
            if selected.len() > ACCOUNTS_PER_CALL && selected.last().is_some_and(|job| job.is_alone) {
                selected.pop();
            }
        }
        Some((change, selected))
    }

    async fn run(&self) {
        let Some((change, jobs)) = self.select() else { return };
        let outcomes = self.outcomes(change, &jobs).await;
        {
            let mut in_doubt = self.in_doubt.borrow_mut();
            for (account, outcome) in &outcomes {
                in_doubt.retain(|other| other != account);
                if matches!(outcome, Outcome::InDoubt(_)) {
                    in_doubt.push(account.clone());
                }
            }
        }
        for job in &jobs {
            let found = outcomes.iter().find(|(account, _)| *account == job.account);
            let outcome = found.map_or_else(|| self.lost(job), |(_, outcome)| outcome.clone());
            job.outcome.replace(Some(outcome));
            job.under_way.take();
        }
        self.arrivals.ended(self.client.context().transport.elapsed());
        self.jobs.borrow_mut().retain(|job| job.outcome.borrow().is_none());
        self.ran.notify(usize::MAX);
    }

    /// An account without an outcome: whether it was sent is not known.
    fn lost(&self, job: &Job) -> Outcome {
        let error = Diagnostic::new(
            Code::OutcomeUnknown,
            "what became of account {} on image {} is not known",
            [job.account.to_string(), self.image.to_string()],
        );
        Outcome::InDoubt(error.into())
    }

    async fn outcomes(&self, change: Change, jobs: &[Rc<Job>]) -> Outcomes {
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
        // By the state, or since an operation of this deployment.
        let known = self.in_doubt.borrow().clone();
        let in_doubt = |account: &AccountId| {
            known.contains(account) || jobs.iter().any(|job| job.in_doubt && job.account == *account)
        };
        let (done, todo): (Vec<_>, Vec<_>) = accounts.into_iter().partition(|account| {
            is_done(&listing, account, change) && !(in_doubt(account) && change == Change::Remove)
        });
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
                    let is_gone = change == Change::Remove && error.is(Code::ApiAccountNotFound);
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
    async fn write_group(&self, change: Change, accounts: &[AccountId]) -> Result<(), NotWritten> {
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

    fn not_shown(&self, change: Change, account: &AccountId) -> Error {
        let template = match change {
            Change::Add => "image {} was shared with account {}, and no list shows that yet",
            Change::Remove => "the share of image {} with account {} was revoked, and lists still show it",
        };
        let values = [self.image.to_string(), account.to_string()];
        Diagnostic::new(Code::WriteNotShown, template, values).into()
    }
}

/// A batch while it is written.
struct Batch {
    change: Change,
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

fn is_done(listing: &Listing, account: &AccountId, change: Change) -> bool {
    listing.find(account).is_some() == (change == Change::Add)
}

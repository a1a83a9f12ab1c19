//! Writes to one image: one at a time, gathered while the one before is under way, settled by reading.
//!
//! Who wants a change puts a job down and waits for the turn. Who has it runs everything that was put
//! down until then, so that most find their job done when their turn comes (a group commit).

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use async_lock::Mutex;

use super::reader::{Reader, Shares, find};
use super::{Action, Change, Client, MAX_ACCOUNTS_A_CALL, Share, codes};
use crate::account::AccountId;
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::retry::{self, Backoff, Reason};

/// How long nobody must have come before a batch that is not full is sent. Pulumi's creates come spaced
/// by the time of a check, a few milliseconds.
const QUIET: Duration = Duration::from_millis(12);
/// How long a batch is gathered at most.
const GATHER: Duration = Duration::from_millis(150);
/// The first and the longest wait between reads for a write to show.
const SETTLE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// What became of one account: its share after it came, nothing after it went.
pub type Outcome = Result<Option<Share>, Error>;
/// What became of each account of a batch.
type Outcomes = Vec<(AccountId, Outcome)>;

#[derive(Debug)]
struct Job {
    account: AccountId,
    change: Change,
    asked: u64,
    /// Whether a list that shows it done is not to be believed.
    unseen: bool,
    outcome: RefCell<Option<Outcome>>,
}

/// The writes to one image.
#[derive(Debug)]
pub struct Batches<T> {
    client: Rc<Client<T>>,
    image: ImageId,
    reader: Reader<T>,
    turn: Mutex<()>,
    jobs: RefCell<Vec<Rc<Job>>>,
}

impl<T: Transport> Batches<T> {
    /// No writes yet.
    pub fn new(client: Rc<Client<T>>, image: ImageId) -> Self {
        let reader = Reader::new(Rc::clone(&client), image.clone());
        Self { client, image, reader, turn: Mutex::default(), jobs: RefCell::default() }
    }

    /// Every share, from a list a second old at most; none when there is no such image.
    ///
    /// # Errors
    /// The call's.
    pub async fn list(&self) -> Result<Option<Rc<[Share]>>, Error> {
        self.reader.recent().await
    }

    /// The share of one account, where there is one: from a list a second old at most.
    ///
    /// # Errors
    /// The call's.
    pub async fn find(&self, account: &AccountId) -> Outcome {
        Ok(find(&self.reader.recent().await?, account).cloned())
    }

    /// Makes an account come or go, and returns once that shows. One that is there or gone is left alone.
    ///
    /// # Errors
    /// The API's refusal of this very account, or the call's. [`Error::is_doubtful`] tells whether the
    /// change may have happened all the same.
    pub async fn change(&self, account: AccountId, change: Change) -> Outcome {
        self.change_one(account, change, false).await
    }

    /// Makes an account go that was added and was never seen there: also where it does not show.
    ///
    /// # Errors
    /// As [`Self::change`]'s.
    pub async fn remove_unseen(&self, account: AccountId) -> Outcome {
        self.change_one(account, Change::Remove, true).await
    }

    async fn change_one(&self, account: AccountId, change: Change, unseen: bool) -> Outcome {
        let jobs = self.put_down([account], change, unseen);
        let mut outcomes = self.finish(&jobs).await;
        outcomes.pop().unwrap_or(Ok(None))
    }

    /// Makes many accounts come or go, in as few calls as it takes, and says what became of each.
    pub async fn change_all(&self, accounts: Vec<AccountId>, change: Change) -> Vec<Outcome> {
        let jobs = self.put_down(accounts, change, false);
        self.finish(&jobs).await
    }

    fn put_down(
        &self,
        accounts: impl IntoIterator<Item = AccountId>,
        change: Change,
        unseen: bool,
    ) -> Vec<Rc<Job>> {
        let asked = self.reader.moment();
        let job = |account| Rc::new(Job { account, change, asked, unseen, outcome: RefCell::default() });
        let jobs: Vec<Rc<Job>> = accounts.into_iter().map(job).collect();
        self.jobs.borrow_mut().extend(jobs.iter().cloned());
        jobs
    }

    async fn finish(&self, own: &[Rc<Job>]) -> Vec<Outcome> {
        let _turn = self.turn.lock().await;
        while own.iter().any(|job| job.outcome.borrow().is_none()) {
            self.gather().await;
            self.run().await;
        }
        own.iter().filter_map(|job| job.outcome.borrow().clone()).collect()
    }

    /// Waits while others come, until a call is full or it has been quiet.
    async fn gather(&self) {
        let transport = &self.client.ambient().transport;
        let started = transport.now();
        let mut count = self.jobs.borrow().len();
        while count < MAX_ACCOUNTS_A_CALL && transport.now().since(started) < GATHER {
            transport.sleep(QUIET).await;
            let before = std::mem::replace(&mut count, self.jobs.borrow().len());
            if before == count {
                break;
            }
        }
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
        Some((change, selected))
    }

    async fn run(&self) {
        let Some((change, jobs)) = self.select() else { return };
        let outcomes = self.outcomes(change, &jobs).await;
        for job in &jobs {
            let outcome = match &outcomes {
                Ok(outcomes) => {
                    let found = outcomes.iter().find(|(account, _)| *account == job.account);
                    found.map_or(Ok(None), |(_, outcome)| outcome.clone())
                }
                Err(error) => Err(error.clone()),
            };
            job.outcome.replace(Some(outcome));
        }
        self.jobs.borrow_mut().retain(|job| job.outcome.borrow().is_none());
    }

    async fn outcomes(&self, change: Change, jobs: &[Rc<Job>]) -> Result<Outcomes, Error> {
        let asked = jobs.iter().map(|job| job.asked).max().unwrap_or_default();
        let mut accounts: Vec<AccountId> = Vec::new();
        for job in jobs {
            if !accounts.contains(&job.account) {
                accounts.push(job.account.clone());
            }
        }
        // To find that an account has to be written, an older list will do: the write is read back.
        // To find that nothing has to be done, it will not.
        let shares = match self.reader.known() {
            Some(shares) if !accounts.iter().any(|account| is_done(&shares, account, change)) => shares,
            _ => self.reader.since(asked).await?,
        };
        let mut outcomes = Vec::new();
        let unseen = |account: &AccountId| jobs.iter().any(|job| job.unseen && job.account == *account);
        let (done, todo): (Vec<_>, Vec<_>) =
            accounts.into_iter().partition(|account| is_done(&shares, account, change) && !unseen(account));
        for account in done {
            let share = find(&shares, &account).cloned();
            outcomes.push((account, Ok(share)));
        }
        let mut stopped = None;
        let mut written = Vec::new();
        for accounts in todo.chunks(MAX_ACCOUNTS_A_CALL) {
            self.write(change, accounts.to_vec(), &mut stopped, &mut written, &mut outcomes).await;
        }
        self.confirm(change, written, &mut outcomes).await;
        Ok(outcomes)
    }

    /// Writes accounts, and finds out which of them the API refuses: by its message where that names
    /// one, else by halves. A refusal of the whole call stops all that would follow.
    async fn write(
        &self,
        change: Change,
        accounts: Vec<AccountId>,
        stopped: &mut Option<Error>,
        written: &mut Vec<AccountId>,
        outcomes: &mut Outcomes,
    ) {
        let mut groups = vec![accounts];
        while let Some(mut group) = groups.pop() {
            if let Some(error) = stopped {
                let error = error.clone();
                outcomes.extend(group.into_iter().map(|account| (account, Err(error.clone()))));
                continue;
            }
            let error = match self.write_group(change, &group).await {
                Ok(()) => {
                    written.append(&mut group);
                    continue;
                }
                Err(error) => error,
            };
            // Nobody says whether the API refuses to add what is there, or to remove what is not.
            if is_judged(&error) && self.take_done(change, &mut group, written).await {
                if !group.is_empty() {
                    groups.push(group);
                }
                continue;
            }
            let gone = change == Change::Remove && codes::is_account_not_found(error.code());
            match culprit(&error, &group) {
                Culprit::Account(index) => {
                    let account = group.remove(index);
                    outcomes.push((account, if gone { Ok(None) } else { Err(error) }));
                    if !group.is_empty() {
                        groups.push(group);
                    }
                }
                Culprit::Some => {
                    let second = group.split_off(group.len() / 2);
                    groups.extend([second, group]);
                }
                Culprit::None => {
                    let nothing_left = change == Change::Remove && codes::is_image_not_found(error.code());
                    for account in group {
                        let outcome = if nothing_left { Ok(None) } else { Err(error.clone()) };
                        outcomes.push((account, outcome));
                    }
                    stopped.get_or_insert(error);
                }
            }
        }
    }

    /// Moves accounts that are as they should be to the written ones, and says whether there were any.
    async fn take_done(
        &self,
        change: Change,
        group: &mut Vec<AccountId>,
        written: &mut Vec<AccountId>,
    ) -> bool {
        let Ok(shares) = self.reader.since(self.reader.moment()).await else { return false };
        let before = group.len();
        written.extend(group.extract_if(.., |account| is_done(&shares, account, change)));
        group.len() < before
    }

    /// One write, sent again for what it has not done while that is in doubt: each time after a look.
    async fn write_group(&self, change: Change, accounts: &[AccountId]) -> Result<(), Error> {
        let ambient = self.client.ambient();
        let deadline = ambient.transport.now().plus(ambient.limits.operation);
        let mut backoff = Backoff::default();
        let mut left = accounts.to_vec();
        let mut doubt = false;
        loop {
            self.reader.forget();
            let outcome = self.client.modify_image_share_permission(&self.image, change, &left).await;
            self.reader.forget();
            let error = match outcome {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            let may_have_happened = error.is_doubtful();
            doubt |= may_have_happened;
            let error = error.doubted(doubt);
            if !may_have_happened {
                return Err(error);
            }
            let wait = backoff.next(Reason::Doubt, &ambient.budget, ambient.transport.random(), None);
            let Ok(shares) = self.reader.since(self.reader.moment()).await else { return Err(error) };
            left.retain(|account| !is_done(&shares, account, change));
            if left.is_empty() {
                return Ok(());
            }
            match wait {
                Some(wait) if ambient.transport.now().plus(wait) < deadline => {
                    ambient.transport.sleep(wait).await;
                }
                _ => return Err(error),
            }
        }
    }

    /// Reads until every write shows.
    async fn confirm(&self, change: Change, mut written: Vec<AccountId>, outcomes: &mut Outcomes) {
        let ambient = self.client.ambient();
        let deadline = ambient.transport.now().plus(ambient.limits.settle);
        let (mut wait, longest) = SETTLE;
        while !written.is_empty() {
            let shares = match self.reader.since(self.reader.moment()).await {
                Ok(shares) => shares,
                Err(error) => {
                    let error = error.doubted(true);
                    outcomes.extend(written.into_iter().map(|account| (account, Err(error.clone()))));
                    return;
                }
            };
            let (shown, hidden): (Vec<_>, Vec<_>) =
                written.into_iter().partition(|account| is_done(&shares, account, change));
            for account in shown {
                let share = find(&shares, &account).cloned();
                outcomes.push((account, Ok(share)));
            }
            written = hidden;
            if written.is_empty() {
                return;
            }
            if ambient.transport.now().plus(wait) >= deadline {
                for account in written {
                    let error = self.not_shown(change, &account);
                    outcomes.push((account, Err(error)));
                }
                return;
            }
            ambient.transport.sleep(wait).await;
            wait = (wait * 2).min(longest);
        }
    }

    fn not_shown(&self, change: Change, account: &AccountId) -> Error {
        let image = &self.image;
        let what = match change {
            Change::Add => format!("image {image} was shared with account {account}, and that does not show"),
            Change::Remove => {
                format!("the share of image {image} with account {account} was ended, and it still shows")
            }
        };
        self.client.not_shown(Action::ModifyImageSharePermission, what)
    }
}

fn is_done(shares: &Shares, account: &AccountId, change: Change) -> bool {
    find(shares, account).is_some() == (change == Change::Add)
}

/// Whether the API looked at the call and refused it; not where it was too busy to, or never saw it.
fn is_judged(error: &Error) -> bool {
    matches!(error, Error::Call(call) if retry::reason(&call.failure).is_none())
}

/// Whom a refusal is about.
enum Culprit {
    /// One account of the call.
    Account(usize),
    /// Some of its accounts; which ones is not known.
    Some,
    /// The call as a whole.
    None,
}

fn culprit(error: &Error, accounts: &[AccountId]) -> Culprit {
    if !codes::is_about_accounts(error.code()) {
        return Culprit::None;
    }
    if accounts.len() == 1 {
        return Culprit::Account(0);
    }
    let numbers = error.api_message().unwrap_or_default().split(|c: char| !c.is_ascii_digit());
    let mut named =
        numbers.filter_map(|number| accounts.iter().position(|account| account.as_str() == number));
    match named.next() {
        Some(index) => Culprit::Account(index),
        None => Culprit::Some,
    }
}

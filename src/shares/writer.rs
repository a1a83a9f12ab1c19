//! Writes to one image: one at a time, gathered while the one before is under way, settled by reading.
//!
//! Whoever wants a change enqueues jobs and waits for the turn. Whoever has it runs everything that was
//! enqueued until then, so that most find their jobs done when their turn comes (a group commit).

use std::cell::RefCell;
use std::rc::Rc;

use async_lock::{Mutex, MutexGuard};
use event_listener::Event;
use futures_lite::future::or;

use super::arrivals::{Arrivals, UnderWay};
use super::reader::Reader;
use super::{EcsClient, Outcome};
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::ecs::{Listing, Modification};
use crate::image::ImageId;
use crate::rules::ACCOUNTS_PER_CALL;

/// An account that is to be added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The account.
    pub account: AccountId,
    /// Whether its last change is in doubt: the request is sent although a list shows it done.
    pub in_doubt: bool,
}

impl From<AccountId> for Request {
    fn from(account: AccountId) -> Self {
        Self { account, in_doubt: false }
    }
}

#[derive(Debug)]
pub(super) struct Job {
    pub(super) account: AccountId,
    change: Modification,
    pub(super) in_doubt: bool,
    /// Whether it came without others: it may as well go with those that come next.
    is_alone: bool,
    pub(super) asked: u64,
    outcome: RefCell<Option<Outcome>>,
    /// The first job of a request has it, until there is an outcome.
    under_way: RefCell<Option<UnderWay>>,
}

/// The writes to one image as one caller.
#[derive(Debug)]
pub struct ShareWriter<T> {
    pub(super) client: Rc<EcsClient<T>>,
    pub(super) image: ImageId,
    /// How many accounts the image can have, as far as is known.
    pub(super) limit: usize,
    pub(super) reader: Reader<T>,
    arrivals: Rc<Arrivals>,
    /// Shared by all callers: writes to one image go one at a time.
    turn: Rc<Mutex<()>>,
    jobs: RefCell<Vec<Rc<Job>>>,
    /// Accounts whose last change is in doubt.
    pub(super) in_doubt: RefCell<Vec<AccountId>>,
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
    pub async fn change(&self, requests: Vec<Request>, change: Modification) -> Vec<Outcome> {
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

    fn enqueue(&self, requests: Vec<Request>, change: Modification) -> Vec<Rc<Job>> {
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
    fn select(&self) -> Option<(Modification, Vec<Rc<Job>>)> {
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
}

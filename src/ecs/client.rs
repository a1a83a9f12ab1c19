//! One signed call with its retries.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use super::{Action, answer};
use crate::credentials::{Credentials, Session};
use crate::error::{CallError, Error, Failure};
use crate::http::{Request, Response, Transport};
use crate::pace::{Hope, Pace};
use crate::region::{Endpoint, Region};
use crate::retry::{self, Backoff, Budget, Limits, Reason};
use crate::sign;
use crate::time::Timestamp;
use crate::value::Value;

/// What an answer lacks: the place, and what was expected there.
pub type Expected = (&'static str, &'static str);

/// What an attempt has at least, however near the deadline: a write that is given up before it can have
/// been answered is in doubt for nothing.
const LEAST: Duration = Duration::from_secs(1);

/// What all clients of a provider share.
#[derive(Debug)]
pub struct Ambient<T> {
    /// The network, the clock and chance.
    pub transport: T,
    /// How long things may take.
    pub limits: Limits,
    /// What may be spent on retries.
    pub budget: Budget,
    /// How fast calls may follow each other.
    pub pace: Pace,
    /// How far the API's clock is ahead, in milliseconds.
    clock_offset: Cell<i64>,
}

impl<T: Transport> Ambient<T> {
    /// A world with a full budget, no pace and a clock that is believed.
    pub fn new(transport: T, limits: Limits) -> Self {
        Self {
            transport,
            limits,
            budget: Budget::default(),
            pace: Pace::default(),
            clock_offset: Cell::default(),
        }
    }

    /// The API's clock, as far as it is known.
    pub fn api_now(&self) -> Timestamp {
        self.transport.now().shifted(self.clock_offset.get())
    }

    fn learn_clock(&self, response: &Response) {
        let date = response.date.as_deref().and_then(Timestamp::from_http_date);
        if let Some(date) = date {
            self.clock_offset.set(self.transport.now().offset_to(date));
        }
    }
}

/// What signs requests.
#[derive(Debug)]
pub enum Signer<T> {
    /// Nothing: the parameters say who calls, and go as a form.
    Nobody,
    /// One access key.
    Key(Credentials),
    /// Credentials that are renewed.
    Session(Rc<Session<T>>),
}

/// Calls ECS in one region, or STS, as one signer.
#[derive(Debug)]
pub struct Client<T> {
    ambient: Rc<Ambient<T>>,
    region: Region,
    endpoint: Endpoint,
    signer: Signer<T>,
}

impl<T: Transport> Client<T> {
    /// A client for a region.
    pub fn new(ambient: Rc<Ambient<T>>, region: Region, endpoint: Endpoint, session: Rc<Session<T>>) -> Self {
        Self { ambient, region, endpoint, signer: Signer::Session(session) }
    }

    /// A client of STS.
    pub fn sts(ambient: Rc<Ambient<T>>, endpoint: Endpoint, signer: Signer<T>) -> Self {
        Self { ambient, region: Region::central(), endpoint, signer }
    }

    /// The region it calls.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// What it shares with other clients.
    pub(super) fn ambient(&self) -> &Ambient<T> {
        &self.ambient
    }

    /// Calls an action and reads its response, again where that can do no harm. `RegionId` is added.
    ///
    /// A write that may have had its effect is not sent again: who asked for it has to look first.
    ///
    /// `read` takes from the answer what the action documents, or says which part of it is not there.
    pub(crate) async fn call<R>(
        &self,
        action: Action,
        parameters: &[(String, String)],
        read: impl Fn(&Value) -> Result<R, Expected>,
    ) -> Result<R, Error> {
        let mut found = None;
        let mut keep = |answer: &Value| {
            found = Some(read(answer)?);
            Ok(())
        };
        self.exchange(action, parameters, &mut keep).await?;
        found.ok_or_else(|| self.not_shown(action, String::new()))
    }

    // Not generic over what is read: one copy of this in the module, not one an action.
    async fn exchange(
        &self,
        action: Action,
        parameters: &[(String, String)],
        read: &mut dyn FnMut(&Value) -> Result<(), Expected>,
    ) -> Result<(), Error> {
        let mut read = |answer: Value| {
            read(&answer).map_err(|(place, expected)| (answer::wrong_shape(200, place, expected), None))
        };
        let Ambient { transport, limits, budget, pace, .. } = &*self.ambient;
        // STS is not ECS: it has a quota of its own, and who waits for its answer may hold a place already.
        let mut place = if action.is_sts() { None } else { Some(pace.enter(transport).await) };
        // Counted from here: who waits for the turn behind hundreds of others has not failed yet.
        let started = transport.now();
        let deadline = started.plus(limits.operation);
        let hope = Hope { started, limit: limits.operation };
        let mut backoff = Backoff::default();
        let mut attempts = 0;
        loop {
            attempts += 1;
            let credentials = self.credentials().await?;
            let signed_by = credentials.as_ref();
            let outcome = self.attempt(action, parameters, signed_by, deadline).await.and_then(&mut read);
            drop(place);
            let (failure, asked) = match outcome {
                Ok(()) => {
                    budget.give_back();
                    pace.speed_up(transport.now());
                    return Ok(());
                }
                Err(failed) => failed,
            };
            let now = transport.now();
            let mut reason = retry::reason(&failure);
            if reason == Some(Reason::Throttled) {
                pace.slow_down(now);
            }
            if reason == Some(Reason::Expired) && !self.renews(signed_by).await {
                reason = None;
            }
            let in_doubt = action.is_write() && reason == Some(Reason::Doubt);
            let until = if reason == Some(Reason::Throttled) { pace.deadline(&hope) } else { deadline };
            let wait = reason
                .filter(|_| !in_doubt)
                .and_then(|reason| backoff.next(reason, budget, transport.random(), asked));
            if let Some(wait) = wait
                && now.plus(wait) < until
            {
                transport.sleep(wait).await;
                let next = if action.is_sts() {
                    Some(None)
                } else {
                    pace.enter_again(&hope, transport).await.map(Some)
                };
                if let Some(next) = next {
                    place = next;
                    continue;
                }
            }
            let elapsed = transport.now().since(started);
            return Err(Error::Call(Box::new(CallError { action, attempts, elapsed, failure, in_doubt })));
        }
    }

    async fn credentials(&self) -> Result<Option<Credentials>, Error> {
        match &self.signer {
            Signer::Nobody => Ok(None),
            Signer::Key(key) => Ok(Some(key.clone())),
            Signer::Session(session) => session.credentials().await.map(Some),
        }
    }

    /// Whether there may be others in place of credentials that have expired.
    async fn renews(&self, expired: Option<&Credentials>) -> bool {
        match (&self.signer, expired) {
            (Signer::Session(session), Some(expired)) => session.forget(expired).await,
            _ => false,
        }
    }

    async fn attempt(
        &self,
        action: Action,
        parameters: &[(String, String)],
        credentials: Option<&Credentials>,
        deadline: Timestamp,
    ) -> Result<Value, (Failure, Option<Duration>)> {
        let Ambient { transport, limits, .. } = &*self.ambient;
        let now = transport.now();
        let date = self.ambient.api_now();
        let request = match credentials {
            Some(credentials) => {
                let mut request = self.request(action, parameters);
                sign::sign(&mut request, credentials, date, &transport.nonce());
                request
            }
            None => self.form(action, parameters, date),
        };
        let timeout = deadline.since(now).max(LEAST).min(limits.attempt);
        let response =
            transport.send(request, timeout).await.map_err(|why| (Failure::Unreachable(why), None))?;
        answer::read(&response).map_err(|failure| {
            if retry::reason(&failure) == Some(Reason::Clock) {
                self.ambient.learn_clock(&response);
            }
            let asked = response.retry_after.as_deref().and_then(|millis| millis.trim().parse().ok());
            (failure, asked.map(Duration::from_millis))
        })
    }

    fn request(&self, action: Action, parameters: &[(String, String)]) -> Request {
        let mut query = parameters.to_vec();
        if !action.is_sts() {
            query.push(("RegionId".into(), self.region.to_string()));
        }
        Request {
            method: "POST",
            endpoint: self.endpoint.clone(),
            query,
            headers: vec![
                ("accept", "application/json".into()),
                ("x-acs-action", action.as_str().into()),
                ("x-acs-version", action.version().into()),
            ],
            body: Vec::new(),
        }
    }

    /// A request that nobody signs, as `@alicloud/credentials` sends it: what is secret is in the body.
    fn form(&self, action: Action, parameters: &[(String, String)], date: Timestamp) -> Request {
        let query = [
            ("Action", action.as_str().to_owned()),
            ("Version", action.version().to_owned()),
            ("Format", "JSON".to_owned()),
            ("Timestamp", date.to_string()),
        ];
        Request {
            method: "POST",
            endpoint: self.endpoint.clone(),
            query: query.map(|(name, value)| (name.to_owned(), value)).into(),
            headers: vec![("content-type", "application/x-www-form-urlencoded".into())],
            body: sign::canonical_query(parameters).into_bytes(),
        }
    }

    /// The error of a write that was accepted and does not show.
    pub(super) fn not_shown(&self, action: Action, what: String) -> Error {
        Error::Call(Box::new(CallError {
            action,
            attempts: 1,
            elapsed: self.ambient.limits.settle,
            failure: Failure::NotShown { what },
            in_doubt: true,
        }))
    }
}

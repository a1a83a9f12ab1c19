//! One signed call with its retries.

use std::convert::Infallible;
use std::rc::Rc;
use std::time::Duration;

use acs3::canonical_query;
use zeroize::Zeroize;

use super::rate_limit::Attempts;
use super::{
    Action, Backoff, CallError, ClientContext, Credentials, CredentialsProvider, Deadline, Endpoint, Error,
    Failure, Reason, Request, Timeouts, Transport, TransportError, response, retry, sign,
};
use crate::region::Region;
use crate::secret::SecretValue;
use crate::time::Instant;
use crate::value::Value;

/// What a response lacks: the place, and what was expected there.
pub type Expected = (&'static str, &'static str);

/// The least time for an attempt of a write: one that is given up before it can have been answered is in
/// doubt for nothing.
const MIN_ATTEMPT: Duration = Duration::from_secs(1);

/// What signs requests.
#[derive(Debug)]
pub enum Signer<P> {
    /// Nothing: the parameters say who calls, and go as a form.
    Nobody,
    /// One access key.
    Key(Credentials),
    /// Credentials that are renewed.
    Provider(Rc<P>),
}

/// Calls an API at one endpoint, as one signer.
#[derive(Debug)]
pub struct Client<T, P = Infallible> {
    context: Rc<ClientContext<T>>,
    region: Region,
    endpoint: Endpoint,
    signer: Signer<P>,
}

impl CredentialsProvider for Infallible {
    async fn credentials(&self) -> Result<Credentials, Error> {
        match *self {}
    }

    async fn expired(&self, _: &Credentials) -> bool {
        match *self {}
    }
}

/// A failed attempt, and how long the server asks to wait.
type Attempt = Result<SecretValue, (Failure, Option<Duration>)>;

impl<T: Transport, P: CredentialsProvider> Client<T, P> {
    /// A client. `region` is what regional actions are sent with.
    pub fn new(context: Rc<ClientContext<T>>, region: Region, endpoint: Endpoint, signer: Signer<P>) -> Self {
        Self { context, region, endpoint, signer }
    }

    /// The region it calls.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// What it shares with other clients.
    pub fn context(&self) -> &ClientContext<T> {
        &self.context
    }

    /// The moment until which an operation that begins now may go on.
    pub fn deadline(&self) -> Instant {
        self.context.transport.elapsed().plus(self.context.limits.operation)
    }

    /// Calls an action and reads its response, again where that can do no harm. `RegionId` is added.
    ///
    /// A write that may have had its effect is not sent again: the caller has to read first.
    ///
    /// `read` takes from the response what the action documents, or says which part of it is missing.
    ///
    /// # Errors
    /// Why there are no credentials, or what the call ended in.
    pub async fn call<R>(
        &self,
        action: Action,
        parameters: &[(String, String)],
        read: impl Fn(&Value) -> Result<R, Expected>,
    ) -> Result<R, Error> {
        self.call_until(action, parameters, &Deadline::default(), read).await
    }

    /// The same until a deadline of the caller's, where an operation takes several calls.
    ///
    /// # Errors
    /// As [`Self::call`]'s.
    #[expect(clippy::expect_used, reason = "what `send` returns was read once already")]
    pub async fn call_until<R>(
        &self,
        action: Action,
        parameters: &[(String, String)],
        deadline: &Deadline,
        read: impl Fn(&Value) -> Result<R, Expected>,
    ) -> Result<R, Error> {
        let is_documented = |answer: &Value| read(answer).map(|_| ());
        let answer = self.send(action, parameters, deadline, &is_documented).await?;
        Ok(read(answer.value()).expect("a response that is documented"))
    }

    /// Sends until a response is documented: one that is not the API's is tried again, as a failure is.
    async fn send(
        &self,
        action: Action,
        parameters: &[(String, String)],
        deadline: &Deadline,
        is_documented: &dyn Fn(&Value) -> Result<(), Expected>,
    ) -> Result<SecretValue, Error> {
        let ClientContext { transport, limits, budget, rate_limit, reachability, .. } = &*self.context;
        // An endpoint that did not respond to the last call gets one attempt at a time, and no second one.
        // The turn comes before the place: who waits for one must not keep the other from those who go on.
        let probe = reachability.probe(&self.endpoint);
        let mut probing = None;
        if let Some(probe) = &probe {
            match probe.turn().await {
                Ok(turn) => probing = Some(turn),
                Err(failure) => return Err(self.failed(action, 0, Duration::ZERO, failure)),
            }
        }
        // STS is not ECS: it has a quota of its own, and a call that waits for its response may hold a place.
        let mut place = if action.is_regional { Some(rate_limit.enter(transport).await) } else { None };
        // Counted from here: a call that waits for the turn behind hundreds of others has not failed yet.
        let started = transport.elapsed();
        let deadline = deadline.or_set(|| started.plus(limits.operation));
        let window = Attempts { started, limit: deadline.since(started) };
        let mut backoff = Backoff::default();
        let mut attempts = 0;
        let give_up = |attempts, failure| {
            Err(self.failed(action, attempts, transport.elapsed().since(started), failure))
        };
        // An attempt that had less time than any call has says nothing of the endpoint when its time is over.
        let enough = limits.attempt.min(limits.operation);
        let (mut until, mut is_down) = (deadline, false);
        loop {
            if transport.is_cancelled() {
                return give_up(attempts, Failure::Unreachable(TransportError::Cancelled));
            }
            let credentials = self.credentials().await?;
            attempts += 1;
            let signed_by = credentials.as_ref();
            let time = self.time_left(action, until);
            let outcome = self.attempt(action, parameters, signed_by, time).await;
            drop(place.take());
            let outcome = outcome.and_then(|answer| match is_documented(answer.value()) {
                Ok(()) => Ok(answer),
                Err((place, expected)) => Err((response::wrong_shape(200, place, expected), None)),
            });
            let (failure, asked) = match outcome {
                Ok(found) => {
                    budget.give_back();
                    reachability.succeeded(&self.endpoint);
                    rate_limit.speed_up(transport.elapsed());
                    return Ok(found);
                }
                Err(failed) => failed,
            };
            let now = transport.elapsed();
            let is_unreachable = matches!(failure, Failure::Unreachable(_));
            if is_unreachable {
                let is_out_of_time = matches!(failure, Failure::Unreachable(TransportError::TimedOut(_)));
                // A write whose response was lost had one attempt only: that says nothing either.
                let was_tried_once = action.is_write && failure.may_have_happened() && probing.is_none();
                is_down |= !was_tried_once && (!is_out_of_time || time >= enough);
            } else {
                is_down = false;
                reachability.succeeded(&self.endpoint);
                drop(probing.take());
            }
            let mut reason = retry::reason(&failure);
            if reason == Some(Reason::Throttled) {
                rate_limit.slow_down(now);
            }
            if reason == Some(Reason::Expired) && !self.renews(signed_by).await {
                reason = None;
            }
            // Its outcome is unknown: the caller has to read before it is sent again.
            if action.is_write && failure.may_have_happened() {
                reason = None;
            }
            if is_unreachable && probing.is_some() {
                reason = None;
            }
            until = if reason == Some(Reason::Throttled) { rate_limit.deadline(&window) } else { deadline };
            let wait = reason.and_then(|reason| backoff.next(reason, budget, transport.random(), asked));
            if let Some(wait) = wait
                && now.plus(wait) < until
            {
                if attempts == 1 && is_unreachable && deadline.since(now) > limits.attempt {
                    transport.progress(&format!(
                        "{} does not respond to {action} yet; still trying",
                        self.endpoint.host()
                    ));
                }
                transport.sleep(wait).await;
                if !action.is_regional {
                    continue;
                }
                if let Some(next) = rate_limit.enter_again(&window, transport).await {
                    place = Some(next);
                    if transport.elapsed() >= until {
                        // Its turn came late, and other calls succeeded meanwhile.
                        until = rate_limit.deadline(&window);
                    }
                    continue;
                }
            }
            if is_down && !matches!(failure, Failure::Unreachable(TransportError::Cancelled)) {
                reachability.failed(&self.endpoint, &failure);
            }
            return give_up(attempts, failure);
        }
    }

    fn failed(&self, action: Action, attempts: u32, elapsed: Duration, failure: Failure) -> Error {
        let host = self.endpoint.host().to_owned();
        Error::Call(Box::new(CallError { action, host, attempts, elapsed, failure }))
    }

    async fn credentials(&self) -> Result<Option<Credentials>, Error> {
        match &self.signer {
            Signer::Nobody => Ok(None),
            Signer::Key(key) => Ok(Some(key.clone())),
            Signer::Provider(provider) => provider.credentials().await.map(Some),
        }
    }

    /// Whether there may be others in place of credentials that have expired.
    async fn renews(&self, expired: Option<&Credentials>) -> bool {
        match (&self.signer, expired) {
            (Signer::Provider(provider), Some(expired)) => provider.expired(expired).await,
            _ => false,
        }
    }

    /// How long an attempt may take that begins now.
    fn time_left(&self, action: Action, until: Instant) -> Duration {
        let ClientContext { transport, limits, .. } = &*self.context;
        let left = until.since(transport.elapsed());
        let left = if action.is_write { left.max(MIN_ATTEMPT) } else { left };
        left.min(limits.attempt)
    }

    async fn attempt(
        &self,
        action: Action,
        parameters: &[(String, String)],
        credentials: Option<&Credentials>,
        total: Duration,
    ) -> Attempt {
        let ClientContext { transport, limits, .. } = &*self.context;
        let date = self.context.api_clock();
        let request = match credentials {
            Some(credentials) => {
                let mut request = self.request(action, parameters);
                sign(&mut request, credentials, date, &transport.nonce());
                request
            }
            None => self.form(action, parameters, &date.to_string()),
        };
        let timeouts = Timeouts { connect: limits.connect, total };
        let mut response =
            transport.send(request, timeouts).await.map_err(|why| (Failure::Unreachable(why), None))?;
        let answer = response::read(&response, &self.context.secrets);
        // STS answers with credentials: what was read of them is wiped by whoever holds it.
        response.body.zeroize();
        answer.map(SecretValue::from).map_err(|failure| {
            if retry::reason(&failure) == Some(Reason::Clock) {
                self.context.learn_clock(&response);
            }
            let asked = response.retry_after.as_deref().and_then(|millis| millis.trim().parse().ok());
            (failure, asked.map(Duration::from_millis))
        })
    }

    fn request(&self, action: Action, parameters: &[(String, String)]) -> Request {
        let mut query = parameters.to_vec();
        if action.is_regional {
            query.push(("RegionId".into(), self.region.to_string()));
        }
        Request {
            method: "POST",
            endpoint: self.endpoint.clone(),
            path: "/".into(),
            query,
            headers: vec![
                ("accept", "application/json".into()),
                ("x-acs-action", action.name.into()),
                ("x-acs-version", action.version.into()),
            ],
            body: Vec::new(),
            is_direct: false,
        }
    }

    /// A request that nobody signs, as `@alicloud/credentials` sends it: what is secret is in the body.
    fn form(&self, action: Action, parameters: &[(String, String)], date: &str) -> Request {
        let query =
            [("Action", action.name), ("Version", action.version), ("Format", "JSON"), ("Timestamp", date)];
        Request {
            method: "POST",
            endpoint: self.endpoint.clone(),
            path: "/".into(),
            query: query.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            headers: vec![("content-type", "application/x-www-form-urlencoded".into())],
            body: canonical_query(parameters).into_bytes(),
            is_direct: false,
        }
    }
}

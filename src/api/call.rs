//! One call with its retries: what each failed attempt says, and whether and when the next one follows.

use std::time::Duration;

use async_lock::{MutexGuard, SemaphoreGuard};

use super::rate_limit::Attempts;
use super::reachability::Probe;
use super::sender::{Failed, Sender};
use super::{
    Action, Backoff, CallError, ClientContext, Credentials, Deadline, Error, Expected, Failure, Reason,
    Transport, TransportError, response, retry,
};
use crate::time::Instant;
use crate::value::Value;

/// The least time for an attempt of a write: one that is given up before it can have been answered is in
/// doubt for nothing.
const MIN_ATTEMPT: Duration = Duration::from_secs(1);

/// A call while it is under way.
pub(super) struct Call<'a, T> {
    sender: &'a Sender<T>,
    action: Action,
    /// The turn of an endpoint that did not respond to the last call.
    probing: Option<MutexGuard<'a, ()>>,
    /// The place among the calls in flight, until the response.
    place: Option<SemaphoreGuard<'a>>,
    window: Attempts,
    deadline: Instant,
    /// Until when it may go on as things are: the deadline, or later while it is throttled.
    until: Instant,
    backoff: Backoff,
    attempts: u32,
    /// How long the last attempt could take.
    time: Duration,
    is_down: bool,
}

impl<'a, T: Transport> Call<'a, T> {
    /// Waits for the turn.
    ///
    /// # Errors
    /// The endpoint's, where another call found meanwhile that it does not respond.
    pub(super) async fn begin(
        sender: &'a Sender<T>,
        action: Action,
        probe: Option<&'a Probe>,
        deadline: &Deadline,
    ) -> Result<Self, Error> {
        let ClientContext { transport, limits, rate_limit, .. } = &*sender.context;
        // An endpoint that did not respond to the last call gets one attempt at a time, and no second one.
        // The turn comes before the place: who waits for one must not keep the other from those who go on.
        let mut probing = None;
        if let Some(probe) = probe {
            let turn = probe.turn().await;
            probing = Some(turn.map_err(|failure| failed(sender, action, 0, Duration::ZERO, failure))?);
        }
        // STS is not ECS: it has a quota of its own, and a call that waits for its response may hold a place.
        let place = if action.is_regional { Some(rate_limit.enter(transport).await) } else { None };
        // Counted from here: a call that waits for the turn behind hundreds of others has not failed yet.
        let started = transport.elapsed();
        let deadline = deadline.or_set(|| started.plus(limits.operation));
        Ok(Self {
            sender,
            action,
            probing,
            place,
            window: Attempts { started, limit: deadline.since(started) },
            deadline,
            until: deadline,
            backoff: Backoff::default(),
            attempts: 0,
            time: Duration::ZERO,
            is_down: false,
        })
    }

    /// # Errors
    /// The deployment was cancelled.
    pub(super) fn check_cancelled(&self) -> Result<(), Error> {
        if self.sender.context.transport.is_cancelled() {
            return Err(self.failed(Failure::Unreachable(TransportError::Cancelled)));
        }
        Ok(())
    }

    /// Sends once, and lets `take` have the response. One that it does not take is a failure.
    pub(super) async fn attempt(
        &mut self,
        parameters: &[(String, String)],
        credentials: Option<&Credentials>,
        take: &mut dyn FnMut(&Value) -> Result<(), Expected>,
    ) -> Result<(), Failed> {
        self.attempts += 1;
        self.time = self.time_left();
        let outcome = self.sender.attempt(self.action, parameters, credentials, self.time).await;
        drop(self.place.take());
        let answer = outcome?;
        if let Err((place, expected)) = take(answer.value()) {
            return Err((response::wrong_shape(200, place, expected), None));
        }
        let ClientContext { transport, budget, rate_limit, reachability, .. } = &*self.sender.context;
        budget.give_back();
        reachability.succeeded(&self.sender.endpoint);
        rate_limit.speed_up(transport.elapsed());
        Ok(())
    }

    /// Takes from a failure what it says of the endpoint and of the rate, and returns why the call may be tried
    /// again.
    pub(super) fn learn(&mut self, failure: &Failure) -> Option<Reason> {
        let ClientContext { transport, limits, rate_limit, reachability, .. } = &*self.sender.context;
        // Its outcome is unknown: the caller has to read before it is sent again.
        let is_in_doubt = self.action.is_write && failure.may_have_happened();
        let is_unreachable = matches!(failure, Failure::Unreachable(_));
        let is_probe = self.probing.is_some();
        if is_unreachable {
            // An attempt that had less time than any call has says nothing of the endpoint when its time is over.
            let had_time = self.time >= limits.attempt.min(limits.operation);
            let is_out_of_time = matches!(failure, Failure::Unreachable(TransportError::TimedOut(_)));
            // A write whose response was lost had one attempt only: that says nothing either.
            let was_tried_once = is_in_doubt && !is_probe;
            self.is_down |= !was_tried_once && (!is_out_of_time || had_time);
        } else {
            self.is_down = false;
            reachability.succeeded(&self.sender.endpoint);
            drop(self.probing.take());
        }
        let reason = retry::reason(failure);
        if reason == Some(Reason::Throttled) {
            rate_limit.slow_down(transport.elapsed());
        }
        if is_in_doubt || is_unreachable && is_probe { None } else { reason }
    }

    /// Waits until the next attempt; false where there is none.
    pub(super) async fn waits(
        &mut self,
        reason: Option<Reason>,
        failure: &Failure,
        asked: Option<Duration>,
    ) -> bool {
        let ClientContext { transport, limits, budget, rate_limit, .. } = &*self.sender.context;
        let is_throttled = reason == Some(Reason::Throttled);
        self.until = if is_throttled { rate_limit.deadline(&self.window) } else { self.deadline };
        let now = transport.elapsed();
        let wait = reason.and_then(|reason| self.backoff.next(reason, budget, transport.random(), asked));
        let Some(wait) = wait.filter(|wait| now.plus(*wait) < self.until) else { return false };
        let is_unreachable = matches!(failure, Failure::Unreachable(_));
        if self.attempts == 1 && is_unreachable && self.deadline.since(now) > limits.attempt {
            let host = self.sender.endpoint.host();
            transport.progress(&format!("{host} does not respond to {} yet; still trying", self.action));
        }
        transport.sleep(wait).await;
        if !self.action.is_regional {
            return true;
        }
        self.place = rate_limit.enter_again(&self.window, transport).await;
        if transport.elapsed() >= self.until {
            // Its turn came late, and other calls succeeded meanwhile.
            self.until = rate_limit.deadline(&self.window);
        }
        self.place.is_some()
    }

    /// The error of a call whose last attempt failed.
    pub(super) fn give_up(&self, failure: Failure) -> Error {
        if self.is_down && !matches!(failure, Failure::Unreachable(TransportError::Cancelled)) {
            self.sender.context.reachability.failed(&self.sender.endpoint, &failure);
        }
        self.failed(failure)
    }

    fn failed(&self, failure: Failure) -> Error {
        let elapsed = self.sender.context.transport.elapsed().since(self.window.started);
        failed(self.sender, self.action, self.attempts, elapsed, failure)
    }

    /// How long an attempt may take that begins now.
    fn time_left(&self) -> Duration {
        let ClientContext { transport, limits, .. } = &*self.sender.context;
        let left = self.until.since(transport.elapsed());
        let left = if self.action.is_write { left.max(MIN_ATTEMPT) } else { left };
        left.min(limits.attempt)
    }
}

fn failed<T>(
    sender: &Sender<T>,
    action: Action,
    attempts: u32,
    elapsed: Duration,
    failure: Failure,
) -> Error {
    let host = sender.endpoint.host().to_owned();
    Error::Call(Box::new(CallError { action, host, attempts, elapsed, failure }))
}

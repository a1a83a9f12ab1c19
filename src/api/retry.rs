//! What may be tried again, when, and until when.
//!
//! Source: AWS's "Retry 2.1" for jitter, bases and the token bucket. Its three attempts are too few for
//! a deployment, where one share that fails stops all: throttled calls go on until the deadline.

use std::cell::Cell;
use std::time::Duration;

use super::{Failure, TransportError};
use crate::diagnostic::Code;
use crate::time::millis;

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection is open; none for the transport's own limit.
    pub connect: Option<Duration>,
    /// One attempt of one call.
    pub attempt: Duration,
    /// One call with all its attempts, one listing with all its pages, and one write with all that it takes
    /// to know its outcome.
    pub operation: Duration,
    /// From a write that was accepted until it shows in reads.
    pub settle: Duration,
    /// All lookups before writes, in one deployment.
    pub preflight: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: None,
            attempt: Duration::from_secs(10),
            operation: Duration::from_secs(300),
            settle: Duration::from_secs(60),
            preflight: Duration::from_secs(60),
        }
    }
}

/// Why a call may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The API is called too often: the request had no effect.
    Throttled,
    /// The date is off by more than the API allows: the request had no effect.
    Clock,
    /// The nonce was seen before: the request had no effect.
    Nonce,
    /// The credentials have expired: the request had no effect.
    Expired,
    /// The connection or the server failed, and may be well again in a moment.
    Transient,
}

/// Whether the API asks for fewer calls, in any of its spellings and statuses.
pub(super) fn is_throttling(status: u16, code: &str) -> bool {
    status == 429 || Code::of_api(code) == Code::ApiThrottling
}

/// Whether a failure may be tried again. Nothing that the API refuses for another reason is.
pub fn reason(failure: &Failure) -> Option<Reason> {
    match failure {
        Failure::Refused { status, code, .. } if is_throttling(*status, code) => Some(Reason::Throttled),
        Failure::Refused { status, code, .. } => match code.as_str() {
            "InvalidTimeStamp.Expired" | "IllegalTimestamp" => Some(Reason::Clock),
            "SignatureNonceUsed" => Some(Reason::Nonce),
            "InvalidSecurityToken.Expired" => Some(Reason::Expired),
            "ServiceUnavailable"
            | "InternalError"
            | "UnknownError"
            | "OperationConflict"
            | "LastTokenProcessing" => Some(Reason::Transient),
            _ if *status >= 500 => Some(Reason::Transient),
            _ => None,
        },
        Failure::Unreachable(
            TransportError::NotSent(_) | TransportError::Broken(_) | TransportError::TimedOut(_),
        ) => Some(Reason::Transient),
        // Each of these would end the same.
        Failure::Unreachable(
            TransportError::Redirected
            | TransportError::TooLong
            | TransportError::Refused(_)
            | TransportError::Cancelled,
        ) => None,
        Failure::Unexpected { status: 429, .. } => Some(Reason::Throttled),
        Failure::Unexpected { status, .. } if *status >= 500 || (200..300).contains(status) => {
            Some(Reason::Transient)
        }
        Failure::Unexpected { .. } => None,
    }
}

/// The most attempts that end in [`Reason::Transient`]: some 5 s of waiting.
const TRIES: u32 = 8;
/// The longest wait that backing off comes to.
const LONGEST: Duration = Duration::from_secs(20);
/// The longest wait that a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(60);
/// How far apart the first throttled attempts are.
const THROTTLED_BASE: Duration = Duration::from_millis(1000);
/// How far apart the first other attempts are.
const BASE: Duration = Duration::from_millis(50);

/// The waits between the attempts of one call.
#[derive(Debug, Default)]
pub struct Backoff {
    throttled: u32,
    transient: u32,
    clock: bool,
    nonce: bool,
    expired: bool,
}

impl Backoff {
    /// How long to wait before the next attempt; none when there should be no other.
    ///
    /// `random` is 64 random bits; `asked` what the server asks for (`x-acs-retry-after`).
    pub fn next(
        &mut self,
        reason: Reason,
        budget: &RetryBudget,
        random: u64,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        match reason {
            // None counts as trouble: the offset is known now, nonce and credentials are others.
            Reason::Clock => (!std::mem::replace(&mut self.clock, true)).then_some(Duration::ZERO),
            Reason::Nonce => (!std::mem::replace(&mut self.nonce, true)).then_some(Duration::ZERO),
            Reason::Expired => (!std::mem::replace(&mut self.expired, true)).then_some(Duration::ZERO),
            Reason::Throttled => {
                self.throttled += 1;
                budget.take(RetryBudget::THROTTLED);
                let jittered = jitter(THROTTLED_BASE, self.throttled - 1, random);
                // All who got the same time must not come back at the same moment.
                let asked = asked.map(|asked| asked.min(LONGEST_ASKED) + jittered / 8);
                Some(asked.unwrap_or(jittered))
            }
            Reason::Transient => {
                self.transient += 1;
                let may = budget.take(RetryBudget::TRANSIENT) && self.transient < TRIES;
                may.then(|| jitter(BASE, self.transient - 1, random))
            }
        }
    }
}

/// Full jitter: anything up to an exponentially growing bound.
fn jitter(base: Duration, attempt: u32, random: u64) -> Duration {
    let bound = base.saturating_mul(1 << attempt.min(16)).min(LONGEST);
    Duration::from_millis(random % (millis(bound) + 1))
}

/// What all calls of a provider may spend on retries, so that an endpoint which is down is not hammered
/// by hundreds of resources. A success gives some of it back. Throttled calls take from it and go on
/// when it is empty: it is the rate limit (`rate_limit.rs`) that spares a throttled endpoint.
#[derive(Debug)]
pub struct RetryBudget(Cell<u32>);

impl RetryBudget {
    const FULL: u32 = 500;
    const TRANSIENT: u32 = 14;
    const THROTTLED: u32 = 5;
    const GIVEN_BACK: u32 = 14;

    fn take(&self, tokens: u32) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(tokens));
        left >= tokens
    }

    /// A call succeeded.
    pub fn give_back(&self) {
        self.0.set(Self::FULL.min(self.0.get() + Self::GIVEN_BACK));
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self(Cell::new(Self::FULL))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: &str) -> Failure {
        Failure::Refused { status, code: code.into(), message: String::new(), request_id: String::new() }
    }

    #[test]
    fn throttling_is_known_in_every_spelling_and_status() {
        for code in [
            "Throttling",
            "Throttling.User",
            "Throttling.Api",
            "Rejected.Throttling",
            "FlowControl.Api",
            "TooManyRequests",
            "SystemBusy",
        ] {
            for status in [400, 403, 429, 503] {
                assert_eq!(reason(&refused(status, code)), Some(Reason::Throttled), "{status} {code}");
                assert!(!refused(status, code).may_have_happened(), "{status} {code}");
            }
        }
        assert_eq!(reason(&refused(429, "Anything")), Some(Reason::Throttled));
        for code in ["OperationConflict", "LastTokenProcessing"] {
            assert_eq!(reason(&refused(400, code)), Some(Reason::Transient), "{code}");
        }
        assert_eq!(reason(&refused(400, "IllegalTimestamp")), Some(Reason::Clock));
    }

    #[test]
    fn what_would_end_the_same_is_not_tried_again() {
        for code in [
            "InvalidAccount.NotFound",
            "Forbidden.RAM",
            "SignatureDoesNotMatch",
            "QuotaExceed.ShareImageUser",
        ] {
            assert_eq!(reason(&refused(403, code)), None, "{code}");
        }
        for why in [
            TransportError::Redirected,
            TransportError::TooLong,
            TransportError::Refused("CERT_HAS_EXPIRED".into()),
            TransportError::Cancelled,
        ] {
            assert_eq!(reason(&Failure::Unreachable(why)), None);
        }
        assert_eq!(reason(&Failure::Unexpected { status: 407, why: String::new() }), None);
    }

    #[test]
    fn a_wait_that_the_server_asks_for_is_kept_and_bounded() {
        let wait = |asked| {
            Backoff::default().next(
                Reason::Throttled,
                &RetryBudget::default(),
                800,
                Some(Duration::from_millis(asked)),
            )
        };
        assert_eq!(wait(2500), Some(Duration::from_millis(2600)));
        assert_eq!(wait(86_400_000), Some(Duration::from_millis(60_100)));
    }

    #[test]
    fn a_clock_is_set_once_and_nonce_and_credentials_are_changed_once() {
        let (mut backoff, budget) = (Backoff::default(), RetryBudget::default());
        for reason in [Reason::Clock, Reason::Nonce, Reason::Expired] {
            assert_eq!(backoff.next(reason, &budget, 7, None), Some(Duration::ZERO));
            assert_eq!(backoff.next(reason, &budget, 7, None), None);
        }
    }

    #[test]
    fn transient_attempts_end_by_count_or_when_the_budget_of_all_is_spent() {
        let (mut backoff, budget) = (Backoff::default(), RetryBudget::default());
        let waits = std::iter::from_fn(|| backoff.next(Reason::Transient, &budget, u64::MAX, None)).count();
        assert_eq!(waits, 7);
        let all = (0..1000)
            .filter(|_| Backoff::default().next(Reason::Transient, &budget, 0, None).is_some())
            .count();
        assert_eq!(all, (500 - 8 * 14) / 14);
        budget.give_back();
        assert!(Backoff::default().next(Reason::Transient, &budget, 0, None).is_some());
    }

    #[test]
    fn no_wait_is_longer_than_the_bound() {
        for attempt in 0..40 {
            assert!(jitter(THROTTLED_BASE, attempt, u64::MAX - 1) <= LONGEST);
        }
    }
}

//! The rate of calls: as fast as they come until the API throttles, then as fast as it bears.

use std::cell::Cell;
use std::time::Duration;

use async_lock::{Semaphore, SemaphoreGuard};

use super::Transport;
use crate::time::Instant;

/// The most calls in flight at once, over all images and regions.
const IN_FLIGHT: usize = 10;
/// The slowest rate, in calls a second: what the API documentation advises to probe with.
const SLOWEST: f64 = 1.0;
/// A rate at which no limit is needed, in calls a second.
const FREE: f64 = 50.0;
/// How long without throttling it takes to be free again: quotas count by the minute.
const BORNE: Duration = Duration::from_secs(60);
/// Calls throttled within this time of the last slowdown were sent before it.
const SENT_BEFORE: Duration = Duration::from_millis(500);

/// How long the attempts of a throttled call may go on.
#[derive(Clone, Copy, Debug)]
pub struct Attempts {
    /// When it was first sent.
    pub started: Instant,
    /// How long no call may have succeeded until it gives up.
    pub limit: Duration,
}

/// Additive increase, multiplicative decrease, shared by all calls of a provider.
#[derive(Debug)]
pub struct RateLimit {
    in_flight: Semaphore,
    /// Calls a second; none while nothing was throttled.
    rate: Cell<Option<f64>>,
    next: Cell<Instant>,
    slowed: Cell<Instant>,
    succeeded: Cell<Instant>,
    window: Cell<Instant>,
    sent_in_window: Cell<u32>,
}

impl Default for RateLimit {
    fn default() -> Self {
        Self {
            in_flight: Semaphore::new(IN_FLIGHT),
            rate: Cell::default(),
            next: Cell::default(),
            slowed: Cell::default(),
            succeeded: Cell::default(),
            window: Cell::default(),
            sent_in_window: Cell::default(),
        }
    }
}

impl RateLimit {
    /// Waits for the turn, once throttled, and for a place. The call is in flight until the guard drops.
    pub async fn enter<T: Transport>(&self, transport: &T) -> SemaphoreGuard<'_> {
        let now = transport.elapsed();
        let turn = self.take_turn(now);
        if turn > now {
            transport.sleep(turn.since(now)).await;
        }
        self.place(transport).await
    }

    /// The same for a call that was tried before; nothing where its time is over.
    pub async fn enter_again<T: Transport>(
        &self,
        attempts: &Attempts,
        transport: &T,
    ) -> Option<SemaphoreGuard<'_>> {
        let turn = self.take_turn(transport.elapsed());
        loop {
            let (now, deadline) = (transport.elapsed(), self.deadline(attempts));
            if now >= deadline || transport.is_cancelled() {
                return None;
            }
            if now >= turn {
                break;
            }
            transport.sleep(turn.min(deadline).since(now)).await;
        }
        Some(self.place(transport).await)
    }

    /// Until when a throttled call may go on: as long as other calls succeed, its turn comes as well.
    pub fn deadline(&self, attempts: &Attempts) -> Instant {
        attempts.started.max(self.succeeded.get()).plus(attempts.limit)
    }

    /// A call was throttled.
    pub fn slow_down(&self, now: Instant) {
        if self.rate.get().is_some() && now.since(self.slowed.get()) < SENT_BEFORE {
            return;
        }
        self.slowed.set(now);
        let current = self.rate.get().unwrap_or_else(|| f64::from(self.sent_in_window.get()));
        self.rate.set(Some((current / 2.0).clamp(SLOWEST, FREE)));
    }

    /// A call succeeded: the rate grows by half a call a second each second, and the limit ends when the API
    /// has borne it for long.
    pub fn speed_up(&self, now: Instant) {
        self.succeeded.set(now);
        if let Some(rate) = self.rate.get() {
            let faster = rate + 0.5 / rate;
            let free = faster >= FREE || now.since(self.slowed.get()) >= BORNE;
            self.rate.set((!free).then_some(faster));
        }
    }

    fn take_turn(&self, now: Instant) -> Instant {
        let Some(rate) = self.rate.get() else { return now };
        let turn = self.next.get().max(now);
        self.next.set(turn.plus(Duration::from_secs_f64(1.0 / rate)));
        turn
    }

    async fn place<T: Transport>(&self, transport: &T) -> SemaphoreGuard<'_> {
        let guard = self.in_flight.acquire().await;
        self.count(transport.elapsed());
        guard
    }

    fn count(&self, now: Instant) {
        if now.since(self.window.get()) >= Duration::from_secs(1) {
            self.window.set(now);
            self.sent_in_window.set(0);
        }
        self.sent_in_window.set(self.sent_in_window.get() + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Instant {
        Instant::from_millis(millis)
    }

    #[test]
    fn calls_throttled_right_after_a_slowdown_do_not_slow_down_again() {
        let limit = RateLimit::default();
        for _ in 0..40 {
            limit.count(at(10_000));
        }
        limit.slow_down(at(10_100));
        assert_eq!(limit.rate.get(), Some(20.0));
        limit.slow_down(at(10_500));
        assert_eq!(limit.rate.get(), Some(20.0), "it was sent before the slowdown");
        limit.slow_down(at(10_601));
        assert_eq!(limit.rate.get(), Some(10.0), "it was sent after it");
    }
}

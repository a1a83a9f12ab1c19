//! The pace of calls: as fast as they come until the API throttles, then as fast as it bears.

use std::cell::Cell;
use std::time::Duration;

use async_lock::{Semaphore, SemaphoreGuard};

use crate::http::Transport;
use crate::time::Timestamp;

/// The most calls in flight at once, over all images and regions.
const IN_FLIGHT: usize = 10;
/// The slowest pace, in calls a second: what the API documentation advises to probe with.
const SLOWEST: f64 = 1.0;
/// A pace at which there is no need for one, in calls a second.
const FREE: f64 = 50.0;
/// How long without throttling it takes to be free again: quotas count by the minute.
const BORNE: Duration = Duration::from_secs(60);
/// Calls throttled within this time of the last slowdown were sent before it: they are the same news.
const SAME_NEWS: Duration = Duration::from_millis(500);

/// How long a throttled call hopes.
#[derive(Clone, Copy, Debug)]
pub struct Hope {
    /// When it was first sent.
    pub started: Timestamp,
    /// How long nobody must have got through until it gives up.
    pub limit: Duration,
}

/// Additive increase, multiplicative decrease, shared by all calls of a provider.
#[derive(Debug)]
pub struct Pace {
    in_flight: Semaphore,
    /// Calls a second; none while nothing was throttled.
    rate: Cell<Option<f64>>,
    next: Cell<Timestamp>,
    slowed: Cell<Timestamp>,
    succeeded: Cell<Timestamp>,
    window: Cell<Timestamp>,
    sent_in_window: Cell<u32>,
}

impl Default for Pace {
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

impl Pace {
    /// Waits for the turn, once throttled, and for a place. The call is in flight until the guard drops.
    pub async fn enter<T: Transport>(&self, transport: &T) -> SemaphoreGuard<'_> {
        let now = transport.now();
        let turn = self.take_turn(now);
        if turn > now {
            transport.sleep(turn.since(now)).await;
        }
        self.place(transport).await
    }

    /// The same for a call that was tried before; nothing where there is no hope left for it.
    pub async fn enter_again<T: Transport>(&self, hope: &Hope, transport: &T) -> Option<SemaphoreGuard<'_>> {
        let turn = self.take_turn(transport.now());
        loop {
            let (now, deadline) = (transport.now(), self.deadline(hope));
            if now >= deadline {
                return None;
            }
            if now >= turn {
                break;
            }
            transport.sleep(turn.min(deadline).since(now)).await;
        }
        Some(self.place(transport).await)
    }

    /// Until when a throttled call may go on: as long as calls get through, its turn comes as well.
    pub fn deadline(&self, hope: &Hope) -> Timestamp {
        hope.started.max(self.succeeded.get()).plus(hope.limit)
    }

    /// A call was throttled.
    pub fn slow_down(&self, now: Timestamp) {
        if self.rate.get().is_some() && now.since(self.slowed.get()) < SAME_NEWS {
            return;
        }
        self.slowed.set(now);
        let current = self.rate.get().unwrap_or_else(|| f64::from(self.sent_in_window.get()));
        self.rate.set(Some((current / 2.0).clamp(SLOWEST, FREE)));
    }

    /// A call succeeded: the pace grows by half a call a second each second, and ends when the API has
    /// borne it for long.
    pub fn speed_up(&self, now: Timestamp) {
        self.succeeded.set(now);
        if let Some(rate) = self.rate.get() {
            let faster = rate + 0.5 / rate;
            let free = faster >= FREE || now.since(self.slowed.get()) >= BORNE;
            self.rate.set((!free).then_some(faster));
        }
    }

    fn take_turn(&self, now: Timestamp) -> Timestamp {
        let Some(rate) = self.rate.get() else { return now };
        let turn = self.next.get().max(now);
        self.next.set(turn.plus(Duration::from_secs_f64(1.0 / rate)));
        turn
    }

    async fn place<T: Transport>(&self, transport: &T) -> SemaphoreGuard<'_> {
        let guard = self.in_flight.acquire().await;
        self.count(transport.now());
        guard
    }

    fn count(&self, now: Timestamp) {
        if now.since(self.window.get()) >= Duration::from_secs(1) {
            self.window.set(now);
            self.sent_in_window.set(0);
        }
        self.sent_in_window.set(self.sent_in_window.get() + 1);
    }
}

//! How requests arrive, and how long to wait for more of them before a batch is sent.
//!
//! Pulumi starts several creates at once, each after its own check: they arrive one after another, as far
//! apart as a check takes, until as many are under way as the engine runs at once.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use event_listener::Event;
use futures_lite::future::or;

use crate::api::Transport;
use crate::rules::ACCOUNTS_PER_CALL;
use crate::time::Instant;

/// How long to wait for a second request where nothing is known of how they arrive.
const FIRST_PAUSE: Duration = Duration::from_millis(150);
/// The shortest pause after which no more requests are expected.
const SHORTEST_PAUSE: Duration = Duration::from_millis(12);
/// The longest gap that is learned from.
const LONGEST_GAP: Duration = Duration::from_secs(2);

/// How many batches may go early by what one pause has shown: a pause may have been a slow moment of the machine.
const EARLY: u8 = 3;
/// After how many waits in a row that brought nothing none is worth its time: each image has one share, or the
/// program shares many images by turns.
const IN_VAIN: u8 = 4;

/// What is known of how requests arrive, whatever their image: the engine runs so many at once in all.
#[derive(Debug, Default)]
pub struct Arrivals {
    event: Event,
    last: Cell<Option<Instant>>,
    /// When a request ended last: whoever waited for it may come again with others.
    ended: Cell<Option<Instant>>,
    /// The longest of the latest gaps between two requests that were under way together.
    gap: Cell<Option<Duration>>,
    /// A gap after a request that was alone: more may come so far apart on a slow machine.
    guess: Cell<Option<Duration>>,
    /// Whether such a guess was wrong before.
    misled: Cell<bool>,
    under_way: Cell<usize>,
    /// The most requests that were under way together.
    most: Cell<usize>,
    /// As many requests as were under way when no more came for a pause: all that the engine runs at once; and
    /// how many batches may still go early by that.
    all: Cell<(usize, u8)>,
    /// How many waits in a row brought nothing.
    in_vain: Cell<u8>,
}

impl Arrivals {
    /// A request arrived. It is under way until what is returned is dropped.
    pub(super) fn arrived(self: &Rc<Self>, now: Instant) -> UnderWay {
        if let Some(last) = self.last.replace(Some(now)) {
            let since = last.max(self.ended.get().unwrap_or(last));
            let gap = now.since(last).min(LONGEST_GAP);
            if self.under_way.get() > 0 {
                let gap = now.since(since).min(LONGEST_GAP);
                // A slow moment of the machine is forgotten in time.
                self.gap.set(self.gap.get().map(|longest| longest * 15 / 16).max(Some(gap)));
            } else if self.most.get() <= 1 && !self.misled.get() {
                self.guess.set(Some(gap));
            }
        }
        self.under_way.set(self.under_way.get() + 1);
        self.most.set(self.most.get().max(self.under_way.get()));
        if self.under_way.get() > self.all.get().0 {
            self.all.set((0, 0));
        }
        self.event.notify(usize::MAX);
        UnderWay(Rc::clone(self))
    }

    /// Some requests ended.
    pub(super) fn ended(&self, now: Instant) {
        self.ended.set(Some(now));
    }

    /// Waits for more requests for the same call, which `waiting` counts, where that is worth its time.
    pub(super) async fn gather<T: Transport>(&self, transport: &T, waiting: impl Fn() -> usize) {
        if self.in_vain.get() < IN_VAIN {
            self.wait_for_more(transport, &waiting).await;
        }
        // What came while the call before was under way counts, too.
        self.in_vain.set(if waiting() > 1 { 0 } else { self.in_vain.get().saturating_add(1) });
    }

    /// Waits until a call is full, until as many are under way as the engine runs at once, or until requests pause
    /// for longer than they did so far.
    async fn wait_for_more<T: Transport>(&self, transport: &T, waiting: &impl Fn() -> usize) {
        loop {
            let (all, early) = self.all.get();
            if waiting() >= ACCOUNTS_PER_CALL || transport.is_cancelled() {
                return;
            }
            if early > 0 && self.under_way.get() >= all {
                // One that goes alone, beside those of other images, could not have gone with any of them.
                if waiting() > 1 {
                    self.all.set((all, early - 1));
                }
                return;
            }
            let now = transport.elapsed();
            let since = now.since(self.last.get().max(self.ended.get()).unwrap_or(now));
            let Some(left) = self.pause().checked_sub(since).filter(|left| !left.is_zero()) else { break };
            let next = self.event.listen();
            or(next, transport.sleep(left)).await;
        }
        let under_way = self.under_way.get();
        if under_way > 1 && under_way >= self.most.get() {
            self.all.set((under_way, EARLY));
        }
        if self.guess.take().is_some() && under_way <= 1 {
            self.misled.set(true);
        }
    }

    fn pause(&self) -> Duration {
        match self.gap.get().max(self.guess.get()) {
            Some(gap) => (gap * 3 / 2).max(SHORTEST_PAUSE),
            None => FIRST_PAUSE,
        }
    }
}

/// A request that has no outcome yet.
#[derive(Debug)]
pub(super) struct UnderWay(Rc<Arrivals>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.set(self.0.under_way.get().saturating_sub(1));
    }
}

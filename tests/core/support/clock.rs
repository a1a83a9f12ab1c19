//! A clock that jumps to the next moment at which anything happens, a wall clock beside it, and a pool.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use alicloud_image_share::time::{Instant, Timestamp};
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;

/// 2026-01-01T00:00:00Z.
pub const START: u64 = 1_767_225_600_000;

/// How often time may jump while futures run: more than any test needs, so that what never ends fails instead.
const MOST_TURNS: usize = 100_000;

/// A future of a test.
pub type Boxed<O> = Pin<Box<dyn Future<Output = O>>>;

/// The time.
#[derive(Debug, Default)]
pub struct Clock {
    elapsed: Cell<u64>,
    /// How far the wall clock was set forward or back, in milliseconds.
    pub set_by: Cell<i64>,
    /// Waits end early.
    cancelled: Cell<bool>,
    timers: RefCell<BTreeMap<(u64, u64), Waker>>,
    timer: Cell<u64>,
}

impl Clock {
    /// Milliseconds since the world began.
    pub fn now(&self) -> u64 {
        self.elapsed.get()
    }

    pub fn elapsed(&self) -> Instant {
        Instant::from_millis(self.now())
    }

    pub fn wall_clock(&self) -> Timestamp {
        Timestamp::from_millis((START + self.now()).saturating_add_signed(self.set_by.get()))
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.get()
    }

    /// Ends every wait of the core, as the engine's cancellation does.
    pub fn cancel(&self) {
        self.cancelled.set(true);
        for (_, waker) in self.timers.take() {
            waker.wake();
        }
    }

    /// Waits; less long where it is cancelled meanwhile and `ends_early`.
    pub fn sleep(self: &Rc<Self>, millis: u64, ends_early: bool) -> impl Future<Output = ()> + use<> {
        Sleep { clock: Rc::clone(self), until: self.now() + millis, timer: None, ends_early }
    }

    /// Runs futures together until all have ended.
    pub fn run<O: 'static>(self: &Rc<Self>, futures: Vec<Boxed<O>>) -> Vec<O> {
        let mut pool = LocalPool::new();
        let outputs: Rc<RefCell<BTreeMap<usize, O>>> = Rc::default();
        let total = futures.len();
        for (index, future) in futures.into_iter().enumerate() {
            let outputs = Rc::clone(&outputs);
            pool.spawner()
                .spawn_local(async move {
                    let output = future.await;
                    outputs.borrow_mut().insert(index, output);
                })
                .expect("the pool takes tasks");
        }
        for turn in 0.. {
            pool.run_until_stalled();
            if outputs.borrow().len() == total {
                break;
            }
            assert!(turn < MOST_TURNS, "after {turn} turns, at {} ms, it has not ended", self.now());
            let ((at, _), waker) =
                self.timers.borrow_mut().pop_first().expect("something is awaited that never comes");
            self.elapsed.set(at.max(self.now()));
            waker.wake();
        }
        drop(pool);
        self.timers.borrow_mut().clear();
        Rc::into_inner(outputs).expect("the tasks have ended").into_inner().into_values().collect()
    }
}

struct Sleep {
    clock: Rc<Clock>,
    until: u64,
    /// Its timer, once it was polled.
    timer: Option<(u64, u64)>,
    ends_early: bool,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let is_cancelled = self.ends_early && self.clock.is_cancelled();
        if self.timer.is_some() && (self.clock.now() >= self.until || is_cancelled) {
            return Poll::Ready(());
        }
        let next = self.clock.timer.get();
        // One that is cancelled already comes back at once, after all others of this moment.
        let at = if is_cancelled { self.clock.now() } else { self.until };
        let key = *self.timer.get_or_insert((at, next));
        self.clock.timer.set(next + 1);
        self.clock.timers.borrow_mut().insert(key, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.timer {
            self.clock.timers.borrow_mut().remove(&key);
        }
    }
}

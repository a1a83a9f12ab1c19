//! The ambient of the core, in memory: a transport over the cloud, and a clock that jumps to the next
//! moment at which anything happens.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use alicloud_image_share::http::{Request, Response, Transport, TransportError};
use alicloud_image_share::time::Timestamp;
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;

use super::api::{action, header, json, refusal};
use super::cloud::Cloud;
use super::fault::Fault;

/// 2026-01-01T00:00:00Z.
const START: u64 = 1_767_225_600_000;

/// A call that was sent.
#[derive(Clone, Debug)]
pub struct Call {
    pub action: String,
    pub at: u64,
    pub accounts: usize,
    pub nonce: String,
    pub date: String,
}

/// Something that happens to the cloud before a call is answered.
type Surprise = Box<dyn FnOnce(&mut Cloud)>;

/// The world. It is the transport of the core by [`Link`].
pub struct World {
    pub cloud: RefCell<Cloud>,
    /// Faults of the next calls, in order.
    pub faults: RefCell<Vec<Fault>>,
    pub calls: RefCell<Vec<Call>>,
    pub latency: Cell<u64>,
    /// Calls a second above which the API throttles; 0 for no limit.
    pub rate: Cell<usize>,
    /// By the number of the call before which it happens, from 0.
    pub surprises: RefCell<BTreeMap<usize, Surprise>>,
    pub most_in_flight: Cell<usize>,
    /// Actions that the caller may not call.
    pub denied: RefCell<Vec<String>>,
    in_flight: Cell<usize>,
    skewed: Cell<bool>,
    clock: Cell<u64>,
    seed: Cell<u64>,
    timers: RefCell<BTreeMap<(u64, u64), Waker>>,
    timer: Cell<u64>,
}

/// A handle that the core takes as its transport.
#[derive(Clone)]
pub struct Link(pub Rc<World>);

impl World {
    pub fn new(cloud: Cloud, faults: Vec<Fault>) -> Rc<Self> {
        Rc::new(Self {
            cloud: RefCell::new(cloud),
            faults: RefCell::new(faults.into_iter().rev().collect()),
            calls: RefCell::default(),
            latency: Cell::new(5),
            rate: Cell::default(),
            surprises: RefCell::default(),
            most_in_flight: Cell::default(),
            denied: RefCell::default(),
            in_flight: Cell::default(),
            skewed: Cell::default(),
            clock: Cell::new(START),
            seed: Cell::new(0x9E37_79B9_7F4A_7C15),
            timers: RefCell::default(),
            timer: Cell::default(),
        })
    }

    pub fn now(&self) -> u64 {
        self.clock.get()
    }

    pub fn count(&self, action: &str) -> usize {
        self.calls.borrow().iter().filter(|call| call.action.starts_with(action)).count()
    }

    /// Runs futures together until all have ended, the clock jumping from one timer to the next.
    pub fn run<O: 'static>(self: &Rc<Self>, futures: Vec<Pin<Box<dyn Future<Output = O>>>>) -> Vec<O> {
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
        loop {
            pool.run_until_stalled();
            if outputs.borrow().len() == total {
                break;
            }
            let ((at, _), waker) =
                self.timers.borrow_mut().pop_first().expect("something is awaited that never comes");
            self.clock.set(at.max(self.clock.get()));
            waker.wake();
        }
        drop(pool);
        Rc::into_inner(outputs).expect("the tasks have ended").into_inner().into_values().collect()
    }

    /// Runs one future.
    pub fn run_one<O: 'static>(self: &Rc<Self>, future: impl Future<Output = O> + 'static) -> O {
        self.run(vec![Box::pin(future)]).pop().expect("one output")
    }

    pub fn sleep(self: &Rc<Self>, millis: u64) -> impl Future<Output = ()> + use<> {
        Sleep { world: Rc::clone(self), until: self.now() + millis, set: false }
    }

    fn throttles(&self) -> bool {
        let now = self.now();
        let rate = self.rate.get();
        let recent = self.calls.borrow().iter().filter(|call| call.at + 1000 > now).count();
        rate > 0 && recent > rate
    }
}

struct Sleep {
    world: Rc<World>,
    until: u64,
    set: bool,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.world.now() >= self.until && self.set {
            return Poll::Ready(());
        }
        self.set = true;
        let number = self.world.timer.get();
        self.world.timer.set(number + 1);
        self.world.timers.borrow_mut().insert((self.until, number), context.waker().clone());
        Poll::Pending
    }
}

impl World {
    fn misbehave(
        &self,
        fault: Fault,
        answer: Response,
        timeout: Duration,
    ) -> Result<Response, TransportError> {
        let header = |mut response: Response, millis: Option<u32>| {
            response.retry_after = millis.map(|millis| millis.to_string());
            response
        };
        match fault {
            Fault::None => Ok(answer),
            Fault::Throttling => {
                Ok(refusal(400, "Throttling.User", "Request was denied due to user flow control."))
            }
            Fault::ThrottlingFor(millis) => Ok(header(
                refusal(400, "Throttling", "Request was denied due to request throttling."),
                Some(millis),
            )),
            Fault::InternalError => Ok(refusal(500, "InternalError", "The request processing has failed.")),
            Fault::UnavailableAfter => Ok(refusal(503, "ServiceUnavailable", "The service is unavailable.")),
            Fault::NotSent => Err(TransportError::NotSent("ECONNREFUSED".into())),
            Fault::ResetBefore | Fault::ResetAfter => Err(TransportError::Broken("ECONNRESET".into())),
            Fault::HangBefore | Fault::HangAfter => Err(TransportError::TimedOut(timeout)),
            Fault::Torn => {
                let half = answer.body.len() / 2;
                Ok(Response { body: answer.body.into_iter().take(half).collect(), ..answer })
            }
            Fault::Html => Ok(json(200, "<html><body>maintenance</body></html>".into())),
            Fault::WrongShape => Ok(json(200, "{}".into())),
            Fault::TooLong => Err(TransportError::TooLong),
            Fault::Clock => {
                self.skewed.set(true);
                let mut response = refusal(400, "InvalidTimeStamp.Expired", "The time stamp is expired.");
                response.date = Some("Thu, 01 Jan 2026 01:00:00 GMT".into());
                Ok(response)
            }
            Fault::Nonce => Ok(refusal(400, "SignatureNonceUsed", "The nonce was used.")),
        }
    }
}

impl Transport for Link {
    async fn send(&self, request: Request, timeout: Duration) -> Result<Response, TransportError> {
        let world = &self.0;
        let number = world.calls.borrow().len();
        let accounts = request.query.iter().filter(|(key, _)| key.contains("Account.")).count();
        assert!(accounts <= 10, "the API drops what is past the tenth account");
        world.calls.borrow_mut().push(Call {
            action: action(&request).to_owned(),
            at: world.now(),
            accounts,
            nonce: header(&request, "x-acs-signature-nonce").to_owned(),
            date: header(&request, "x-acs-date").to_owned(),
        });
        world.in_flight.set(world.in_flight.get() + 1);
        world.most_in_flight.set(world.most_in_flight.get().max(world.in_flight.get()));
        let mut fault = world.faults.borrow_mut().pop().unwrap_or(Fault::None);
        if world.throttles() {
            fault = Fault::Throttling;
        }
        if let Some(surprise) = world.surprises.borrow_mut().remove(&number) {
            surprise(&mut world.cloud.borrow_mut());
        }
        let timeout_millis = u64::try_from(timeout.as_millis()).expect("a short timeout");
        if world.latency.get() >= timeout_millis {
            fault = if fault.happens() { Fault::HangAfter } else { Fault::HangBefore };
        } else {
            world.sleep(world.latency.get()).await;
        }
        let answer = if fault.happens() { world.answer(&request) } else { Response::default() };
        if matches!(fault, Fault::HangBefore | Fault::HangAfter) {
            world.sleep(timeout_millis).await;
        }
        world.in_flight.set(world.in_flight.get() - 1);
        world.misbehave(fault, answer, timeout)
    }

    async fn sleep(&self, duration: Duration) {
        self.0.sleep(u64::try_from(duration.as_millis()).expect("a short wait")).await;
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.now())
    }

    fn random(&self) -> u64 {
        // xorshift64: the same in every run.
        let mut x = self.0.seed.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0.seed.set(x);
        x
    }
}

//! The ambient of the core, in memory: a transport over the cloud.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use alicloud_image_share::api::{Host, HostError, Request, Response, Timeouts, Transport, TransportError};
use alicloud_image_share::time::{Instant, Timestamp, millis, millis_at_least};
use zeroize::Zeroizing;

use super::accounts::Accounts;
use super::api::{action, header};
use super::clock::{Boxed, Clock};
use super::cloud::Cloud;
use super::fault::Fault;

/// A call that was sent.
#[derive(Clone, Debug)]
pub struct Call {
    pub action: String,
    pub host: String,
    pub at: u64,
    pub accounts: usize,
    pub nonce: String,
    pub date: String,
}

/// Something that happens before a call is answered.
type Surprise = Box<dyn FnOnce(&World)>;

/// The world. It is the transport of the core by [`Link`].
pub struct World {
    pub cloud: RefCell<Cloud>,
    pub accounts: RefCell<Accounts>,
    pub clock: Rc<Clock>,
    /// Faults of the next calls, in order.
    pub faults: RefCell<Vec<Fault>>,
    pub calls: RefCell<Vec<Call>>,
    /// How long a call takes, in milliseconds.
    pub latency: Cell<u64>,
    /// Calls a second above which the API throttles; 0 for no limit.
    pub rate: Cell<usize>,
    /// By the number of the call before which it happens, from 0.
    pub surprises: RefCell<BTreeMap<usize, Surprise>>,
    pub most_in_flight: Cell<usize>,
    /// Actions that the caller may not call.
    pub denied: RefCell<Vec<String>>,
    /// Actions that are throttled whenever they are called.
    pub throttled: RefCell<BTreeSet<String>>,
    /// Hosts that take connections and never say a word.
    pub silent: RefCell<BTreeSet<String>>,
    /// Hosts to which no connection opens: packets are dropped.
    pub unreachable: RefCell<BTreeSet<String>>,
    /// What the user was shown while waiting, with the moment.
    pub notes: RefCell<Vec<(u64, String)>>,
    in_flight: Cell<usize>,
    seed: Cell<u64>,
}

/// A handle that the core takes as its transport.
#[derive(Clone)]
pub struct Link(pub Rc<World>);

impl World {
    pub fn new(cloud: Cloud, faults: Vec<Fault>) -> Rc<Self> {
        Rc::new(Self {
            cloud: RefCell::new(cloud),
            accounts: RefCell::default(),
            clock: Rc::default(),
            faults: RefCell::new(faults.into_iter().rev().collect()),
            calls: RefCell::default(),
            latency: Cell::new(5),
            rate: Cell::default(),
            surprises: RefCell::default(),
            most_in_flight: Cell::default(),
            denied: RefCell::default(),
            throttled: RefCell::default(),
            silent: RefCell::default(),
            unreachable: RefCell::default(),
            notes: RefCell::default(),
            in_flight: Cell::default(),
            seed: Cell::new(0x9E37_79B9_7F4A_7C15),
        })
    }

    /// Milliseconds since the world began.
    pub fn now(&self) -> u64 {
        self.clock.now()
    }

    /// How many calls were sent whose action begins so.
    pub fn count(&self, action: &str) -> usize {
        self.calls.borrow().iter().filter(|call| call.action.starts_with(action)).count()
    }

    /// Reads of shares, and writes.
    pub fn reads_and_writes(&self) -> (usize, usize) {
        (self.count("DescribeImageSharePermission"), self.count("ModifyImageSharePermission"))
    }

    pub fn run<O: 'static>(&self, futures: Vec<Boxed<O>>) -> Vec<O> {
        self.clock.run(futures)
    }

    /// Runs one future.
    pub fn run_one<O: 'static>(&self, future: impl Future<Output = O> + 'static) -> O {
        self.run(vec![Box::pin(future)]).pop().expect("one output")
    }

    /// Lets time pass.
    pub fn wait(&self, millis: u64) {
        self.run_one(self.clock.sleep(millis, false));
    }

    /// Something that happens before the n-th call from now on is answered; 0 is the next one.
    pub fn before_call(&self, number: usize, surprise: impl FnOnce(&Self) + 'static) {
        let number = self.calls.borrow().len() + number;
        self.surprises.borrow_mut().insert(number, Box::new(surprise));
    }

    fn fault(&self) -> Fault {
        let scripted = self.faults.borrow_mut().pop().unwrap_or(Fault::None);
        let calls = self.calls.borrow();
        let recent = calls.iter().filter(|call| call.at + 1000 > self.now()).count();
        let is_above_rate = self.rate.get() > 0 && recent > self.rate.get();
        let is_throttled = calls.last().is_some_and(|call| self.throttled.borrow().contains(&call.action));
        if is_above_rate || is_throttled { Fault::Throttling } else { scripted }
    }
}

impl Host for Link {
    async fn read_file(&self, path: &str) -> Result<Zeroizing<Vec<u8>>, HostError> {
        match path {
            "/home/baker/.aliyun/config.json" => Ok(Zeroizing::new(self.0.accounts.borrow().cli_file())),
            _ => Err(HostError::NotFound),
        }
    }

    fn home(&self) -> Option<String> {
        Some("/home/baker".into())
    }
}

impl Transport for Link {
    async fn send(&self, request: Request, timeouts: Timeouts) -> Result<Response, TransportError> {
        let world = &self.0;
        assert!(!world.clock.is_cancelled(), "nothing is sent once it is cancelled");
        let number = world.calls.borrow().len();
        let accounts = request.query.iter().filter(|(key, _)| key.contains("Account.")).count();
        assert!(accounts <= 10, "the API drops what is past the tenth account");
        let host = request.endpoint.host().to_owned();
        world.calls.borrow_mut().push(Call {
            action: action(&request),
            host: host.clone(),
            at: world.now(),
            accounts,
            nonce: header(&request, "x-acs-signature-nonce").to_owned(),
            date: header(&request, "x-acs-date").to_owned(),
        });
        world.in_flight.set(world.in_flight.get() + 1);
        world.most_in_flight.set(world.most_in_flight.get().max(world.in_flight.get()));
        let outcome = self.exchange(number, &request, &host, timeouts).await;
        world.in_flight.set(world.in_flight.get() - 1);
        outcome
    }

    async fn sleep(&self, duration: Duration) {
        self.0.clock.sleep(millis_at_least(duration), true).await;
    }

    fn is_cancelled(&self) -> bool {
        self.0.clock.is_cancelled()
    }

    fn progress(&self, note: &str) {
        self.0.notes.borrow_mut().push((self.0.now(), note.to_owned()));
    }

    fn wall_clock(&self) -> Timestamp {
        self.0.clock.wall_clock()
    }

    fn elapsed(&self) -> Instant {
        self.0.clock.elapsed()
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

impl Link {
    async fn exchange(
        &self,
        number: usize,
        request: &Request,
        host: &str,
        timeouts: Timeouts,
    ) -> Result<Response, TransportError> {
        let world = &self.0;
        let fault = world.fault();
        let surprise = world.surprises.borrow_mut().remove(&number);
        if let Some(surprise) = surprise {
            surprise(world);
        }
        if world.unreachable.borrow().contains(host) {
            world.clock.sleep(timeouts.connect.map_or(5000, millis), false).await;
            return Err(TransportError::NotSent("UND_ERR_CONNECT_TIMEOUT".into()));
        }
        let fault = match fault {
            _ if world.silent.borrow().contains(host) => Fault::HangBefore,
            fault if world.latency.get() < millis(timeouts.total) => {
                world.clock.sleep(world.latency.get(), false).await;
                fault
            }
            fault if fault.happens() => Fault::HangAfter,
            _ => Fault::HangBefore,
        };
        let answer = if fault.happens() { world.answer(request) } else { Response::default() };
        if matches!(fault, Fault::HangBefore | Fault::HangAfter) {
            world.clock.sleep(millis(timeouts.total), false).await;
        }
        fault.of(answer, timeouts.total)
    }
}

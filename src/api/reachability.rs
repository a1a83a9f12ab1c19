//! Endpoints that do not respond delay a deployment once, and not once a call.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use async_lock::{Mutex, MutexGuard};

use super::{Endpoint, Failure};

/// What is known of one endpoint.
#[derive(Debug, Default)]
struct Health {
    /// Why the last call gave up, where none has succeeded since.
    down: RefCell<Option<Failure>>,
    /// Calls that ended; whoever waited while one failed takes its failure.
    ended: Cell<u64>,
    probe: Mutex<()>,
}

/// What is known of every endpoint that was called.
#[derive(Debug, Default)]
pub struct Reachability(RefCell<Vec<(Endpoint, Rc<Health>)>>);

/// The right to try an endpoint that did not respond. Others wait until it is dropped.
pub(super) struct Probe {
    health: Rc<Health>,
}

impl Reachability {
    fn health(&self, endpoint: &Endpoint) -> Rc<Health> {
        let mut all = self.0.borrow_mut();
        if let Some((_, health)) = all.iter().find(|(known, _)| known == endpoint) {
            return Rc::clone(health);
        }
        let health = Rc::new(Health::default());
        all.push((endpoint.clone(), Rc::clone(&health)));
        health
    }

    /// A probe, where the last call to an endpoint gave up without a response.
    pub(super) fn probe(&self, endpoint: &Endpoint) -> Option<Probe> {
        let health = self.health(endpoint);
        let is_down = health.down.borrow().is_some();
        is_down.then_some(Probe { health })
    }

    /// A call got a response: the endpoint is well.
    pub(super) fn succeeded(&self, endpoint: &Endpoint) {
        self.health(endpoint).down.replace(None);
    }

    /// A call gave up without a response.
    pub(super) fn failed(&self, endpoint: &Endpoint, failure: &Failure) {
        let health = self.health(endpoint);
        health.ended.set(health.ended.get() + 1);
        health.down.replace(Some(failure.clone()));
    }
}

impl Probe {
    /// Waits for the turn. Whoever waited while another probe failed takes that failure.
    pub(super) async fn turn(&self) -> Result<MutexGuard<'_, ()>, Failure> {
        let before = self.health.ended.get();
        let turn = self.health.probe.lock().await;
        match &*self.health.down.borrow() {
            Some(failure) if self.health.ended.get() > before => Err(failure.clone()),
            _ => Ok(turn),
        }
    }
}

//! Reads of one image's shares: one at a time, shared by all who wait, and never older than a write.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use async_lock::Mutex;

use super::EcsClient;
use crate::api::{Error, Transport};
use crate::ecs::{Listing, list_shares};
use crate::image::ImageId;
use crate::time::Instant;

/// How old a list may be that several operations share.
const RECENT: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
struct Snapshot {
    listing: Rc<Listing>,
    /// The moment in [`Reader::moment`]'s count at which its read was sent.
    started: u64,
    finished: Instant,
}

/// Reads one image's shares.
#[derive(Debug)]
pub(super) struct Reader<T> {
    client: Rc<EcsClient<T>>,
    image: ImageId,
    turn: Mutex<()>,
    latest: RefCell<Option<Snapshot>>,
    /// The last failure, and the moment at which it ended: whoever waited for it takes it.
    failed: RefCell<Option<(u64, Error)>>,
    moments: Cell<u64>,
    writes: Cell<u64>,
}

impl<T: Transport> Reader<T> {
    pub(super) fn new(client: Rc<EcsClient<T>>, image: ImageId) -> Self {
        Self {
            client,
            image,
            turn: Mutex::new(()),
            latest: RefCell::default(),
            failed: RefCell::default(),
            moments: Cell::new(1),
            writes: Cell::default(),
        }
    }

    /// A number that grows: what happens later has a larger one.
    pub(super) fn moment(&self) -> u64 {
        let moment = self.moments.get() + 1;
        self.moments.set(moment);
        moment
    }

    /// The last list, where no write was sent since; however old.
    pub(super) fn known(&self) -> Option<Rc<Listing>> {
        self.latest.borrow().as_ref().map(|snapshot| Rc::clone(&snapshot.listing))
    }

    /// A write is about to be sent, or has just ended: what was read before is no longer true.
    pub(super) fn forget(&self) {
        self.writes.set(self.writes.get() + 1);
        self.latest.replace(None);
    }

    /// A list whose read was sent after a moment.
    pub(super) async fn since(&self, moment: u64) -> Result<Rc<Listing>, Error> {
        self.read(|snapshot| snapshot.started > moment).await
    }

    /// A list whose read is sent from now on.
    pub(super) async fn fresh(&self) -> Result<Rc<Listing>, Error> {
        self.since(self.moment()).await
    }

    /// A list that is a second old at most.
    pub(super) async fn recent(&self) -> Result<Rc<Listing>, Error> {
        let now = self.client.context().transport.elapsed();
        self.read(|snapshot| now.since(snapshot.finished) <= RECENT).await
    }

    /// The last list if it will do, else a new one. Whoever waits for another's read takes its outcome.
    async fn read(&self, will_do: impl Fn(&Snapshot) -> bool) -> Result<Rc<Listing>, Error> {
        let asked = self.moment();
        let _turn = self.turn.lock().await;
        if let Some(snapshot) = self.latest.borrow().as_ref().filter(|snapshot| will_do(snapshot)) {
            return Ok(Rc::clone(&snapshot.listing));
        }
        if let Some((ended, error)) = self.failed.borrow().as_ref()
            && *ended > asked
        {
            return Err(error.clone());
        }
        let (started, writes) = (self.moment(), self.writes.get());
        let listing = match list_shares(&self.client, &self.image).await {
            Ok(listing) => Rc::new(listing),
            Err(error) => {
                self.failed.replace(Some((self.moment(), error.clone())));
                return Err(error);
            }
        };
        // A list that a write overtook is right for whoever asked before it, and for nobody after.
        if self.writes.get() == writes {
            let finished = self.client.context().transport.elapsed();
            self.latest.replace(Some(Snapshot { listing: Rc::clone(&listing), started, finished }));
        }
        Ok(listing)
    }
}

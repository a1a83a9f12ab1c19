//! Reads of one image's shares: one at a time, shared by all who wait, and never older than a write.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use async_lock::Mutex;

use super::{Client, Share};
use crate::account::AccountId;
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::time::Timestamp;

/// How old a list may be that several operations share.
const RECENT: Duration = Duration::from_secs(1);

/// The accounts of an image at a moment; none when there is no such image.
pub(super) type Shares = Option<Rc<[Share]>>;

/// The share of an account in a list.
pub(super) fn find<'a>(shares: &'a Shares, account: &AccountId) -> Option<&'a Share> {
    shares.as_ref()?.iter().find(|share| share.account_id == *account)
}

#[derive(Clone, Debug)]
struct Snapshot {
    shares: Shares,
    /// The moment in [`Reader::moment`]'s count at which its read was sent.
    started: u64,
    finished: Timestamp,
}

/// Reads one image's shares.
#[derive(Debug)]
pub(super) struct Reader<T> {
    client: Rc<Client<T>>,
    image: ImageId,
    turn: Mutex<()>,
    latest: RefCell<Option<Snapshot>>,
    moments: Cell<u64>,
    writes: Cell<u64>,
}

impl<T: Transport> Reader<T> {
    pub(super) fn new(client: Rc<Client<T>>, image: ImageId) -> Self {
        Self {
            client,
            image,
            turn: Mutex::new(()),
            latest: RefCell::default(),
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

    /// The last list, where no write has come since; however old.
    pub(super) fn known(&self) -> Option<Shares> {
        self.latest.borrow().as_ref().map(|snapshot| snapshot.shares.clone())
    }

    /// A write is about to be sent, or has just ended: what was read before is no longer true.
    pub(super) fn forget(&self) {
        self.writes.set(self.writes.get() + 1);
        self.latest.replace(None);
    }

    /// A list whose read was sent after a moment.
    pub(super) async fn since(&self, moment: u64) -> Result<Shares, Error> {
        self.read(|snapshot| snapshot.started > moment).await
    }

    /// A list that is a second old at most.
    pub(super) async fn recent(&self) -> Result<Shares, Error> {
        let now = self.client.ambient().transport.now();
        self.read(|snapshot| now.since(snapshot.finished) <= RECENT).await
    }

    /// The last list if it will do, else a new one. Who waits for another's read looks at its outcome first.
    async fn read(&self, will_do: impl Fn(&Snapshot) -> bool) -> Result<Shares, Error> {
        let _turn = self.turn.lock().await;
        if let Some(snapshot) = self.latest.borrow().as_ref().filter(|snapshot| will_do(snapshot)) {
            return Ok(snapshot.shares.clone());
        }
        let (started, writes) = (self.moment(), self.writes.get());
        let shares: Shares = self.client.describe_image_share_permission(&self.image).await?.map(Rc::from);
        // A list that a write overtook is right for who asked before it, and for nobody after.
        if self.writes.get() == writes {
            let finished = self.client.ambient().transport.now();
            self.latest.replace(Some(Snapshot { shares: shares.clone(), started, finished }));
        }
        Ok(shares)
    }
}

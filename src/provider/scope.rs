//! A region as one caller sees it, and the images in it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use async_lock::{Mutex, OnceCell};

use super::inspect::Inspection;
use crate::account::AccountId;
use crate::api::{Client, ClientContext, Endpoint, Error, Signer, Transport};
use crate::credentials::Session;
use crate::image::ImageId;
use crate::region::Region;
use crate::shares::{Arrivals, Catalog, EcsClient, ShareWriter};

/// A region, with one profile's credentials.
#[derive(Debug)]
pub(super) struct RegionScope<T> {
    pub(super) client: Rc<EcsClient<T>>,
    pub(super) session: Rc<Session<T>>,
    pub(super) profile: Option<String>,
    pub(super) catalog: Catalog<T>,
    /// True once a lookup has failed; it is not retried in this deployment.
    pub(super) image_lookup_failed: Cell<bool>,
    pub(super) share_lookup_failed: Cell<bool>,
    /// Why, until the user is warned.
    pub(super) lookup_failures: RefCell<Vec<Error>>,
}

impl<T: Transport> RegionScope<T> {
    pub(super) fn new(
        context: Rc<ClientContext<T>>,
        region: Region,
        endpoint: Endpoint,
        session: Rc<Session<T>>,
        profile: Option<String>,
    ) -> Self {
        let signer = Signer::Provider(Rc::clone(&session));
        let client = Rc::new(Client::new(context, region, endpoint, signer));
        Self {
            catalog: Catalog::new(Rc::clone(&client)),
            client,
            session,
            profile,
            image_lookup_failed: Cell::default(),
            share_lookup_failed: Cell::default(),
            lookup_failures: RefCell::default(),
        }
    }

    pub(super) fn record_lookup_failure(&self, lookup: &Cell<bool>, error: Error) {
        lookup.set(true);
        self.lookup_failures.borrow_mut().push(error);
    }
}

/// An image in its region. It has one owner, so this is the same for every profile.
pub(super) type ImageKey = (Region, ImageId);

/// What a deployment does to an image, as far as it was checked.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub(super) added: Vec<AccountId>,
    pub(super) removed_first: Vec<AccountId>,
}

/// An image that a program shares, whoever calls.
#[derive(Debug)]
pub(super) struct SharedImage {
    pub(super) key: ImageKey,
    pub(super) planned: RefCell<Planned>,
    /// The turn of writes.
    turn: Rc<Mutex<()>>,
}

impl SharedImage {
    pub(super) fn new(key: ImageKey) -> Self {
        Self { key, planned: RefCell::default(), turn: Rc::default() }
    }
}

/// An image as one caller sees it.
#[derive(Debug)]
pub(super) struct ImageView<T> {
    pub(super) image: Rc<SharedImage>,
    pub(super) scope: Rc<RegionScope<T>>,
    pub(super) writer: ShareWriter<T>,
    /// What the first check of a deployment found.
    pub(super) inspection: OnceCell<Inspection>,
}

impl<T: Transport> ImageView<T> {
    pub(super) fn new(
        image: Rc<SharedImage>,
        scope: Rc<RegionScope<T>>,
        arrivals: Rc<Arrivals>,
        limit: usize,
    ) -> Self {
        let client = Rc::clone(&scope.client);
        let writer = ShareWriter::new(client, arrivals, image.key.1.clone(), Rc::clone(&image.turn), limit);
        Self { image, scope, writer, inspection: OnceCell::new() }
    }

    pub(super) fn id(&self) -> &ImageId {
        &self.image.key.1
    }

    pub(super) fn region(&self) -> &Region {
        &self.image.key.0
    }
}

/// Adds accounts that a list lacks.
pub(super) fn add_to(list: &mut Vec<AccountId>, accounts: &[AccountId]) {
    for account in accounts {
        if !list.contains(account) {
            list.push(account.clone());
        }
    }
}

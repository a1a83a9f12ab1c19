//! A region as one caller sees it, and the images in it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use async_lock::{Mutex, OnceCell};

use super::inspect::Inspection;
use crate::account::AccountId;
use crate::api::{Client, ClientContext, Endpoint, Error, Signer, Transport};
use crate::credentials::Session;
use crate::diagnostic::Diagnostic;
use crate::image::ImageId;
use crate::region::Region;
use crate::rules::ImageLedger;
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
    /// Accounts that a set will remove, with the set's number.
    pub(super) removed: Vec<(usize, AccountId)>,
}

/// An image that a program shares, whoever calls.
#[derive(Debug)]
pub(super) struct SharedImage {
    pub(super) key: ImageKey,
    pub(super) planned: RefCell<Planned>,
    /// What the resources of the program declare of it, as far as they were checked.
    pub(super) declared: RefCell<ImageLedger<AccountId>>,
    /// Whether a single share of the deployment has said that shares are adopted.
    pub(super) reported_adoption: Cell<bool>,
    /// The turn of writes.
    turn: Rc<Mutex<()>>,
}

impl SharedImage {
    pub(super) fn new(key: ImageKey) -> Self {
        Self {
            key,
            planned: RefCell::default(),
            declared: RefCell::default(),
            reported_adoption: Cell::default(),
            turn: Rc::default(),
        }
    }
}

/// An image, and what the callers of each profile see of it.
#[derive(Debug)]
pub(super) struct KnownImage<T> {
    pub(super) image: Rc<SharedImage>,
    pub(super) views: Vec<Rc<ImageView<T>>>,
}

/// An image as one caller sees it.
#[derive(Debug)]
pub(super) struct ImageView<T> {
    pub(super) image: Rc<SharedImage>,
    pub(super) scope: Rc<RegionScope<T>>,
    pub(super) writer: ShareWriter<T>,
    /// What the first check of a deployment found.
    pub(super) inspection: OnceCell<Inspection>,
    /// The accounts of resources that were inspected as they are declared now, and what diff refused of them.
    pub(super) inspected: RefCell<HashMap<Vec<AccountId>, Option<Diagnostic>>>,
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
        Self { image, scope, writer, inspection: OnceCell::new(), inspected: RefCell::default() }
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

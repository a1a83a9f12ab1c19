//! Where images live: a region as one account sees it, and each image in it that a program shares.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use async_lock::OnceCell;

use super::look::Look;
use crate::account::AccountId;
use crate::credentials::Session;
use crate::diagnostic::Diagnostic;
use crate::ecs::{Ambient, Batches, Catalog, Client};
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::preflight;
use crate::region::{Endpoint, Region};

/// A region, with one profile's credentials.
#[derive(Debug)]
pub(super) struct Home<T> {
    pub(super) client: Rc<Client<T>>,
    pub(super) profile: Option<String>,
    pub(super) catalog: Catalog<T>,
    /// Whether a look failed: it would again.
    pub(super) blind_to_images: Cell<bool>,
    pub(super) blind_to_shares: Cell<bool>,
    /// Why, until the user is told.
    pub(super) complaint: RefCell<Option<Error>>,
}

impl<T: Transport> Home<T> {
    pub(super) fn new(
        ambient: Rc<Ambient<T>>,
        region: Region,
        endpoint: Endpoint,
        session: Rc<Session<T>>,
        profile: Option<&str>,
    ) -> Self {
        let client = Rc::new(Client::new(ambient, region, endpoint, session));
        Self {
            catalog: Catalog::new(Rc::clone(&client)),
            client,
            profile: profile.map(str::to_owned),
            blind_to_images: Cell::default(),
            blind_to_shares: Cell::default(),
            complaint: RefCell::default(),
        }
    }

    /// A look failed.
    pub(super) fn blinded(&self, sense: &Cell<bool>, error: Error) {
        sense.set(true);
        self.complaint.replace(Some(error));
    }
}

/// What a deployment is going to do to an image, as far as it was checked.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub(super) added: Vec<AccountId>,
    pub(super) removed_first: Vec<AccountId>,
    /// Every account that a resource declares.
    pub(super) declared: Vec<AccountId>,
}

/// An image that a program shares.
#[derive(Debug)]
pub(super) struct SharedImage<T> {
    pub(super) id: ImageId,
    pub(super) home: Rc<Home<T>>,
    pub(super) writes: Batches<T>,
    /// What it was at the first check of a deployment.
    pub(super) look: OnceCell<Look>,
    pub(super) planned: RefCell<Planned>,
}

impl<T: Transport> SharedImage<T> {
    pub(super) fn new(home: Rc<Home<T>>, id: ImageId) -> Self {
        Self {
            writes: Batches::new(Rc::clone(&home.client), id.clone()),
            id,
            home,
            look: OnceCell::new(),
            planned: RefCell::default(),
        }
    }

    /// What to say where the image does not exist.
    pub(super) fn not_found(&self) -> Diagnostic {
        preflight::not_found(&self.id, self.home.client.region(), None)
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

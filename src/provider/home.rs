//! Where images live: a region as one account sees it, and each image in it that a program shares.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use async_lock::OnceCell;

use super::Provider;
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
    pub(super) complaints: RefCell<Vec<Error>>,
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
            complaints: RefCell::default(),
        }
    }

    /// A look failed.
    pub(super) fn blinded(&self, sense: &Cell<bool>, error: Error) {
        sense.set(true);
        self.complaints.borrow_mut().push(error);
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

    /// A resource of the deployment declares accounts.
    pub(super) fn declare(&self, accounts: &[AccountId]) {
        add_to(&mut self.planned.borrow_mut().declared, accounts);
    }

    /// What to say where the image does not exist.
    pub(super) fn not_found(&self) -> Diagnostic {
        preflight::not_found(&self.id, self.home.client.region(), None)
    }
}

impl<T: Transport> Provider<T> {
    /// Whether a resource of this deployment declares an account, with whichever profile.
    ///
    /// Pulumi deletes last. What one resource lets go of and another one has taken over (a share that was
    /// renamed, moved into a set, or shifted along a list) would be gone if the first one ended it.
    pub(super) fn is_declared(&self, image: &SharedImage<T>, account: &AccountId) -> bool {
        self.images.borrow().1.iter().any(|other| {
            other.id == image.id
                && other.home.client.region() == image.home.client.region()
                && other.planned.borrow().declared.contains(account)
        })
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

//! What the images of a region are, looked up in few calls.
//!
//! A program's images become known one after the other. The first is looked up by its id. From the
//! second on, a page of the account's own images comes first, which answers for a hundred at once.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use async_lock::Mutex;

use super::EcsClient;
use crate::api::{Error, Transport};
use crate::ecs::{Image, PAGE_SIZE, describe_image, describe_own_images, is_forbidden};
use crate::image::ImageId;

/// The images of a region, as far as they were looked up.
#[derive(Debug)]
pub struct Catalog<T> {
    client: Rc<EcsClient<T>>,
    turn: Mutex<()>,
    own: RefCell<Vec<Rc<Image>>>,
    looked_up: RefCell<Vec<(ImageId, Option<Rc<Image>>)>>,
    next_page: Cell<Option<usize>>,
}

impl<T: Transport> Catalog<T> {
    /// Nothing looked up yet.
    pub fn new(client: Rc<EcsClient<T>>) -> Self {
        Self {
            client,
            turn: Mutex::default(),
            own: RefCell::default(),
            looked_up: RefCell::default(),
            next_page: Cell::new(Some(1)),
        }
    }

    /// An image that was looked up before and exists.
    pub fn known(&self, id: &ImageId) -> Option<Rc<Image>> {
        let own = self.own.borrow().iter().find(|image| image.id == id.as_str()).cloned();
        own.or_else(|| {
            let looked_up = self.looked_up.borrow();
            looked_up.iter().find(|(known, _)| known == id).and_then(|(_, image)| image.clone())
        })
    }

    /// The same, looked up anew.
    ///
    /// # Errors
    /// The call's.
    pub async fn look_up_again(&self, id: &ImageId) -> Result<Option<Rc<Image>>, Error> {
        let found = describe_image(&self.client, id).await?.map(Rc::new);
        self.own.borrow_mut().retain(|image| image.id != id.as_str());
        let mut looked_up = self.looked_up.borrow_mut();
        looked_up.retain(|(known, _)| known != id);
        looked_up.push((id.clone(), found.clone()));
        Ok(found)
    }

    /// An image of any owner and in any state; none where it does not exist. Looked up once.
    ///
    /// # Errors
    /// The call's.
    pub async fn find(&self, id: &ImageId) -> Result<Option<Rc<Image>>, Error> {
        let _turn = self.turn.lock().await;
        if let Some(image) = self.known(id) {
            return Ok(Some(image));
        }
        if self.looked_up.borrow().iter().any(|(known, _)| known == id) {
            return Ok(None);
        }
        if !self.looked_up.borrow().is_empty()
            && let Some(page) = self.next_page.get()
        {
            match describe_own_images(&self.client, page).await {
                Ok(images) => {
                    self.next_page.set((images.len() >= PAGE_SIZE).then_some(page + 1));
                    self.own.borrow_mut().extend(images.into_iter().map(Rc::new));
                }
                // A policy that names single images lets nobody list them.
                Err(error) if is_forbidden(&error) => self.next_page.set(None),
                Err(error) => return Err(error),
            }
            if let Some(image) = self.known(id) {
                return Ok(Some(image));
            }
        }
        let found = describe_image(&self.client, id).await?.map(Rc::new);
        self.looked_up.borrow_mut().push((id.clone(), found.clone()));
        Ok(found)
    }
}

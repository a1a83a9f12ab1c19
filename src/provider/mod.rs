//! What Pulumi asks of a provider: check, diff, create, read, update, delete.

mod doctor;
mod home;
mod look;
mod set;
mod share;
mod tally;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::account::AccountId;
use crate::credentials::{Session, Sessions};
use crate::diagnostic::{Diagnostic, quote};
use crate::ecs::{Ambient, Share, codes};
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::limit::Count;
use crate::names::Names;
use crate::region::Region;
use crate::rules;
use crate::settings::Settings;
use crate::value::Value;
use home::{Home, SharedImage};

pub use doctor::Finding;
pub use set::{Partial, SetState};
pub use share::State;

/// What check found, and the inputs to go on with.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked<I> {
    /// The inputs, with the region filled in.
    pub inputs: I,
    /// What there is to say: errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Shares images with accounts.
#[derive(Debug)]
pub struct Provider<T> {
    ambient: Rc<Ambient<T>>,
    settings: Settings,
    sessions: Sessions<T>,
    homes: RefCell<Vec<Rc<Home<T>>>>,
    /// By region, profile and image.
    images: RefCell<(Names, Vec<Rc<SharedImage<T>>>)>,
    told_of_blindness: Cell<bool>,
}

impl<T: Transport> Provider<T> {
    /// A provider with the settings of a stack.
    pub fn new(transport: T, settings: Settings) -> Self {
        let ambient = Rc::new(Ambient::new(transport, settings.limits()));
        Self {
            ambient,
            settings,
            sessions: Sessions::default(),
            homes: RefCell::default(),
            images: RefCell::new((Names::default(), Vec::new())),
            told_of_blindness: Cell::default(),
        }
    }

    /// What was decided between settings that contradict each other, a line each, for the debug log.
    pub fn decisions(&self) -> Vec<String> {
        self.settings.decisions()
    }

    /// Every account that an image is shared with.
    ///
    /// # Errors
    /// Malformed ids, an image that does not exist, or what the settings or the API refuse.
    pub async fn shares(&self, image: &str, region: &Value, profile: &Value) -> Result<Rc<[Share]>, Error> {
        let id = ImageId::parse(image).map_err(|why| {
            let message = format!("imageId {} {why}", quote(image));
            Diagnostic::error("image-id-malformed", "imageId", message, rules::IMAGE_HELP)
        })?;
        let image = self.image(&self.settings.region(region)?, profile, &id)?;
        image.writes.list().await?.ok_or_else(|| image.not_found().into())
    }

    /// The API's refusal of one account too many, in the words of the preflight; other errors as they are.
    async fn in_words_of_the_limit(&self, image: &SharedImage<T>, error: Error) -> Error {
        let (true, Some(request_id)) = (codes::is_account_limit(error.code()), error.request_id()) else {
            return error;
        };
        // Words of our own would hide that the share may be there all the same.
        if error.is_doubtful() {
            return error;
        }
        let Ok(Some(shares)) = image.writes.list().await else { return error };
        let live: Vec<AccountId> = shares.iter().map(|share| share.account_id.clone()).collect();
        let planned = image.planned.borrow();
        let added = if planned.added.is_empty() { &planned.declared } else { &planned.added };
        let count = Count { live: &live, added, removed_first: &[], declared: &planned.declared };
        let Some(mut diagnostic) = count.judge(&image.id, live.len(), "accountId") else { return error };
        diagnostic.message.push_str(&format!(" ({}, request id {request_id})", error.code()));
        diagnostic.into()
    }

    /// Fills in the region, and says what is wrong with the settings.
    fn check_settings(&self, region: &mut Value, profile: &Value, diagnostics: &mut Vec<Diagnostic>) {
        if matches!(region, Value::Missing) {
            match self.settings.region(region) {
                Ok(found) => *region = Value::Text(found.to_string()),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        diagnostics.extend(self.settings.malformed());
        if *profile != Value::Unknown {
            diagnostics.extend(self.session(profile).err());
        }
    }

    fn session(&self, profile: &Value) -> Result<Rc<Session<T>>, Diagnostic> {
        self.sessions.get(&self.settings, &self.ambient, profile)
    }

    fn image(&self, region: &Region, profile: &Value, id: &ImageId) -> Result<Rc<SharedImage<T>>, Error> {
        let home = self.home(region, profile)?;
        let key = format!("{region} {} {id}", profile.text().unwrap_or_default());
        let mut images = self.images.borrow_mut();
        let (names, images) = &mut *images;
        let (number, _) = names.number(&key);
        if let Some(image) = images.get(number) {
            return Ok(Rc::clone(image));
        }
        let image = Rc::new(SharedImage::new(home, id.clone()));
        images.push(Rc::clone(&image));
        Ok(image)
    }

    fn home(&self, region: &Region, profile: &Value) -> Result<Rc<Home<T>>, Error> {
        let session = self.session(profile)?;
        let name = profile.text();
        let known = |home: &&Rc<Home<T>>| home.client.region() == region && home.profile.as_deref() == name;
        if let Some(home) = self.homes.borrow().iter().find(known) {
            return Ok(Rc::clone(home));
        }
        let endpoint = self.settings.endpoint(region)?;
        let ambient = Rc::clone(&self.ambient);
        let home = Rc::new(Home::new(ambient, region.clone(), endpoint, session, name));
        self.homes.borrow_mut().push(Rc::clone(&home));
        Ok(home)
    }
}

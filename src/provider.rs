//! What Pulumi asks of a provider: check, diff, create, read, update, delete.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::diff::{Diff, diff};
use crate::ecs::{Ambient, Batches, Change, Client, Share};
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::input::ShareInput;
use crate::region::Region;
use crate::rules::{self, Subject};
use crate::settings::{Settings, no_credentials};
use crate::share_id::ShareId;
use crate::value::Value;

/// What check found, and the inputs to go on with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// The inputs, with the region filled in.
    pub inputs: ShareInput,
    /// What the rules have to say: errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
}

/// A share as it is in the cloud.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    /// `<imageId>:<accountId>`.
    pub id: String,
    /// What it was declared with; the region is filled in.
    pub inputs: ShareInput,
    /// Since when it is shared, as the API says it: `2023-01-01T12:05:00Z`.
    pub shared_time: String,
}

/// An image is known by its region and its id.
type ImageKey = (Region, ImageId);

/// Shares images with accounts.
#[derive(Debug)]
pub struct Provider<T> {
    ambient: Rc<Ambient<T>>,
    settings: Settings,
    clients: RefCell<BTreeMap<Region, Rc<Client<T>>>>,
    images: RefCell<BTreeMap<ImageKey, Rc<Batches<T>>>>,
}

/// What one operation is about: everything known and right.
struct Target<T> {
    id: ShareId,
    region: Region,
    profile: Value,
    image: Rc<Batches<T>>,
}

impl<T: Transport> Provider<T> {
    /// A provider with the settings of a stack.
    pub fn new(transport: T, settings: Settings) -> Self {
        let ambient = Rc::new(Ambient::new(transport, settings.limits()));
        Self { ambient, settings, clients: RefCell::default(), images: RefCell::default() }
    }

    /// Judges inputs and fills in the region. Sends nothing.
    pub fn check(&self, mut inputs: ShareInput) -> Checked {
        let owner = self.settings.owner();
        let mut diagnostics = rules::run(&Subject { input: &inputs, owner: owner.as_ref() });
        if matches!(inputs.region, Value::Missing) {
            match self.settings.region(&inputs.region) {
                Ok(region) => inputs.region = Value::Text(region.to_string()),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        diagnostics.extend(self.settings.malformed());
        match self.settings.credentials() {
            Ok(Some(_)) => {}
            Ok(None) => diagnostics.push(no_credentials(Severity::Warning)),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
        Checked { inputs, diagnostics }
    }

    /// Compares a share with its declaration.
    pub fn diff(&self, old: &ShareInput, new: &ShareInput) -> Diff {
        diff(old, new)
    }

    /// Shares the image, or adopts the share that is there, and returns once it shows.
    ///
    /// # Errors
    /// What the rules, the settings or the API refuse. [`Error::is_doubtful`] tells whether the image may
    /// be shared all the same.
    pub async fn create(&self, inputs: ShareInput) -> Result<State, Error> {
        if let Some(wrong) = self.check(inputs.clone()).diagnostics.into_iter().find(Diagnostic::is_error) {
            return Err(wrong.into());
        }
        let target = self.target(&inputs)?;
        let share = target.image.change(target.id.account.clone(), Change::Add).await?;
        Ok(target.state(share))
    }

    /// The state to keep of a share whose create ended in doubt.
    ///
    /// # Errors
    /// As [`Self::create`]'s, before anything is sent.
    pub fn state_in_doubt(&self, inputs: &ShareInput) -> Result<State, Error> {
        Ok(self.target(inputs)?.state(None))
    }

    /// The share as it is, by its id and what the state has of it; none when it is gone.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse.
    pub async fn read(&self, id: &str, known: &ShareInput) -> Result<Option<State>, Error> {
        let target = self.target_by_id(id, known)?;
        let share = target.image.find(&target.id.account).await?;
        Ok(share.map(|share| target.state(Some(share))))
    }

    /// Ends the share. One that is gone, or whose image or account is, is ended already.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse.
    pub async fn delete(&self, id: &str, known: &ShareInput) -> Result<(), Error> {
        let target = self.target_by_id(id, known)?;
        target.image.change(target.id.account, Change::Remove).await.map(|_| ())
    }

    fn target(&self, inputs: &ShareInput) -> Result<Target<T>, Error> {
        let text = |value: &Value| value.text().unwrap_or_default().to_owned();
        self.target_by_id(&format!("{}:{}", text(&inputs.image_id), text(&inputs.account_id)), inputs)
    }

    fn target_by_id(&self, id: &str, known: &ShareInput) -> Result<Target<T>, Error> {
        let mut id = ShareId::parse(id)?;
        let region = match id.region.take() {
            Some(region) => region,
            None => self.settings.region(&known.region)?,
        };
        let image = self.image(&region, &id.image)?;
        Ok(Target { id, region, profile: known.profile.clone(), image })
    }

    fn image(&self, region: &Region, image: &ImageId) -> Result<Rc<Batches<T>>, Error> {
        let client = self.client(region)?;
        let mut images = self.images.borrow_mut();
        let batches = images
            .entry((region.clone(), image.clone()))
            .or_insert_with(|| Rc::new(Batches::new(client, image.clone())));
        Ok(Rc::clone(batches))
    }

    fn client(&self, region: &Region) -> Result<Rc<Client<T>>, Error> {
        if let Some(client) = self.clients.borrow().get(region) {
            return Ok(Rc::clone(client));
        }
        let credentials = self.settings.credentials()?.ok_or_else(|| no_credentials(Severity::Error))?;
        let endpoint = self.settings.endpoint(region)?;
        let client = Rc::new(Client::new(Rc::clone(&self.ambient), region.clone(), endpoint, credentials));
        self.clients.borrow_mut().insert(region.clone(), Rc::clone(&client));
        Ok(client)
    }
}

impl<T> Target<T> {
    fn state(&self, share: Option<Share>) -> State {
        State {
            id: self.id.to_string(),
            inputs: ShareInput {
                image_id: Value::Text(self.id.image.to_string()),
                account_id: Value::Text(self.id.account.to_string()),
                region: Value::Text(self.region.to_string()),
                profile: self.profile.clone(),
                surplus: Vec::new(),
            },
            shared_time: share.map(|share| share.shared_time).unwrap_or_default(),
        }
    }
}

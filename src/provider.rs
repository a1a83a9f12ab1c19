//! What Pulumi asks of a provider: check, diff, create, read, update, delete.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::diff::{Diff, diff};
use crate::ecs::{Action, Change, Client, Share};
use crate::error::{CallError, Error, Failure};
use crate::http::Transport;
use crate::input::{ShareInput, Value};
use crate::region::Region;
use crate::rules::{self, Subject};
use crate::settings::{Settings, no_credentials};
use crate::share_id::ShareId;

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

/// Shares images with accounts.
#[derive(Debug)]
pub struct Provider<T> {
    transport: Rc<T>,
    settings: Settings,
    clients: RefCell<BTreeMap<Region, Rc<Client<T>>>>,
}

/// What one operation is about: everything known and right.
struct Target<T> {
    id: ShareId,
    profile: Value,
    client: Rc<Client<T>>,
}

impl<T: Transport> Provider<T> {
    /// A provider with the settings of a stack.
    pub fn new(transport: Rc<T>, settings: Settings) -> Self {
        Self { transport, settings, clients: RefCell::default() }
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
    /// What the rules, the settings or the API refuse.
    pub async fn create(&self, inputs: ShareInput) -> Result<State, Error> {
        if let Some(wrong) = self.check(inputs.clone()).diagnostics.into_iter().find(Diagnostic::is_error) {
            return Err(wrong.into());
        }
        let target = self.target(&inputs)?;
        if let Some(share) = target.find().await? {
            return Ok(target.state(share));
        }
        let ShareId { image, account, .. } = &target.id;
        target
            .client
            .modify_image_share_permission(image, Change::Add, std::slice::from_ref(account))
            .await?;
        match target.find().await? {
            Some(share) => Ok(target.state(share)),
            None => Err(Error::Call(CallError {
                action: Action::ModifyImageSharePermission,
                attempts: 1,
                elapsed: std::time::Duration::ZERO,
                failure: Failure::NotShown {
                    what: format!("image {image} was shared with account {account} and does not show it"),
                },
            })),
        }
    }

    /// The share as it is, by its id and what the state has of it; none when it is gone.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse.
    pub async fn read(&self, id: &str, known: &ShareInput) -> Result<Option<State>, Error> {
        let target = self.target_by_id(id, known)?;
        Ok(target.find().await?.map(|share| target.state(share)))
    }

    /// Ends the share. One that is gone, or whose image or account is, is ended already.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse.
    pub async fn delete(&self, id: &str, known: &ShareInput) -> Result<(), Error> {
        let target = self.target_by_id(id, known)?;
        if target.find().await?.is_none() {
            return Ok(());
        }
        let ShareId { image, account, .. } = &target.id;
        match target
            .client
            .modify_image_share_permission(image, Change::Remove, std::slice::from_ref(account))
            .await
        {
            Err(error)
                if crate::ecs::codes::is_image_not_found(error.code())
                    || crate::ecs::codes::is_account_not_found(error.code()) =>
            {
                Ok(())
            }
            outcome => outcome,
        }
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
        Ok(Target { id, profile: known.profile.clone(), client: self.client(&region)? })
    }

    fn client(&self, region: &Region) -> Result<Rc<Client<T>>, Error> {
        if let Some(client) = self.clients.borrow().get(region) {
            return Ok(Rc::clone(client));
        }
        let credentials = self.settings.credentials()?.ok_or_else(|| no_credentials(Severity::Error))?;
        let endpoint = self.settings.endpoint(region)?;
        let client = Rc::new(Client::new(Rc::clone(&self.transport), region.clone(), endpoint, credentials));
        self.clients.borrow_mut().insert(region.clone(), Rc::clone(&client));
        Ok(client)
    }
}

impl<T: Transport> Target<T> {
    async fn find(&self) -> Result<Option<Share>, Error> {
        let shares = self.client.describe_image_share_permission(&self.id.image).await?;
        Ok(shares.into_iter().flatten().find(|share| share.account_id == self.id.account))
    }

    fn state(&self, share: Share) -> State {
        State {
            id: self.id.to_string(),
            inputs: ShareInput {
                image_id: Value::Text(self.id.image.to_string()),
                account_id: Value::Text(self.id.account.to_string()),
                region: Value::Text(self.client.region().to_string()),
                profile: self.profile.clone(),
                surplus: Vec::new(),
            },
            shared_time: share.shared_time,
        }
    }
}

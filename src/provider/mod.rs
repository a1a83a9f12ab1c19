//! What Pulumi asks of a provider: check, diff, create, read, update, delete. A share and a set are one flow.

mod adoption;
mod check;
mod claims;
mod delete;
mod diff;
mod doctor;
mod expected_account;
mod given_up;
mod inspect;
mod inventory;
mod owner;
mod preflight;
mod read;
mod regions;
mod result;
mod room;
mod scope;
mod secret_inputs;
mod update;
mod wait;
mod write;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use crate::api::{ClientContext, Error, Transport};
use crate::credentials::Session;
use crate::diagnostic::{Code, Diagnostic};
use crate::ecs::{Listing, Share};
use crate::known::Known;
use crate::region::Region;
use crate::rules::{self, Inputs, ResourceType};
use crate::settings::Settings;
use crate::shares::Arrivals;
use crate::value::Value;
use claims::Claims;
use scope::{ImageKey, ImageView, KnownImage, RegionScope, SharedImage};
use secret_inputs::SecretInputs;

pub use doctor::Finding;
pub use result::{Checked, Failed, Found, Written};

/// The session of each profile, and that of the stack's own credentials.
type Sessions<T> = Vec<(Option<String>, Rc<Session<T>>)>;

/// Shares images with accounts.
#[derive(Debug)]
pub struct Provider<T> {
    context: Rc<ClientContext<T>>,
    settings: Settings,
    sessions: RefCell<Sessions<T>>,
    scopes: RefCell<Vec<Rc<RegionScope<T>>>>,
    images: RefCell<HashMap<ImageKey, KnownImage<T>>>,
    arrivals: Rc<Arrivals>,
    claims: RefCell<Claims>,
    secret_inputs: SecretInputs,
    warned_of_lookup_failure: Cell<bool>,
    /// The time that lookups have taken in this deployment.
    preflight_spent: Cell<Duration>,
}

impl<T: Transport> Provider<T> {
    /// A provider with the settings of a stack.
    pub fn new(transport: T, settings: Settings) -> Self {
        let context = Rc::new(ClientContext::new(transport, settings.limits(), settings.naming()));
        for secret in settings.secrets() {
            context.secrets.add(secret.expose());
        }
        Self {
            context,
            settings,
            sessions: RefCell::default(),
            scopes: RefCell::default(),
            images: RefCell::default(),
            arrivals: Rc::default(),
            claims: RefCell::default(),
            secret_inputs: SecretInputs::default(),
            warned_of_lookup_failure: Cell::default(),
            preflight_spent: Cell::default(),
        }
    }

    /// What was decided between settings that contradict each other, a line each, for the debug log.
    pub fn decisions(&self) -> Vec<String> {
        self.settings.decisions()
    }

    /// Every account that an image is shared with. `arguments` has `imageId`, and optionally `region` and
    /// `profile`.
    ///
    /// # Errors
    /// Malformed arguments, an image that does not exist, or what the settings or the API refuse.
    pub async fn shares(&self, arguments: &Value) -> Result<Vec<Share>, Error> {
        self.list(arguments).await.map_err(|error| self.secret_inputs.hide_in_error(error))
    }

    async fn list(&self, arguments: &Value) -> Result<Vec<Share>, Error> {
        if matches!(arguments, Value::Missing) {
            return Err(Diagnostic::new(Code::ArgumentMalformed, "no arguments were given", []).into());
        }
        let is_ours = |name: &str| ["imageId", "region", "profile"].contains(&name);
        let is_odd = |(name, value): &(String, Value)| {
            !is_ours(name) && !name.starts_with("__") && !value.is_missing()
        };
        if arguments.entries().iter().any(is_odd) {
            let what = "there is an argument beside imageId, region and profile";
            return Err(Diagnostic::new(Code::ArgumentMalformed, what, []).into());
        }
        let wrong = rules::judge(ResourceType::Set, arguments, None);
        let of_ours = |wrong: &Diagnostic| wrong.property.is_some_and(|path| is_ours(path.property));
        if let Some(wrong) = wrong.into_iter().find(|wrong| wrong.is_error() && of_ours(wrong)) {
            return Err(wrong.into());
        }
        let inputs = Inputs::read(ResourceType::Set, arguments);
        let view = self.open(&inputs).await?;
        match &*view.writer.list().await? {
            Listing::Shares(shares) => Ok(shares.items().to_vec()),
            Listing::NoImage => Err(preflight::not_found(view.id(), view.region(), None).into()),
        }
    }

    fn session(&self, profile: &Known<Option<String>>) -> Result<Rc<Session<T>>, Diagnostic> {
        let Known::Is(profile) = profile else {
            // At preview. With another account's credentials, the findings about the image would be wrong.
            return Err(Diagnostic::new(Code::ProfileUnknown, "profile is not known yet", []).at("profile"));
        };
        if let Some((_, session)) = self.sessions.borrow().iter().find(|(known, _)| known == profile) {
            return Ok(Rc::clone(session));
        }
        let (identity, sts) = (self.settings.identity(profile.as_deref())?, self.settings.sts_endpoint()?);
        let session = Rc::new(Session::new(Rc::clone(&self.context), identity, sts));
        self.sessions.borrow_mut().push((profile.clone(), Rc::clone(&session)));
        Ok(session)
    }

    /// The image of inputs as their profile sees it.
    fn view(&self, inputs: &Inputs) -> Result<Rc<ImageView<T>>, Error> {
        let not_known =
            || Diagnostic::new(Code::ArgumentMalformed, "the image is not known", []).at("imageId");
        let image = inputs.image.as_ref().ok_or_else(not_known)?;
        let region = self.region_of(inputs)?.ok_or_else(not_known)?;
        let session = self.session(&inputs.profile)?;
        let profile = inputs.profile.as_ref().and_then(Option::as_deref);
        let scope = self.scope(&region, profile, session)?;
        let mut images = self.images.borrow_mut();
        let known = images.entry((region, image.clone())).or_insert_with_key(|key| KnownImage {
            image: Rc::new(SharedImage::new(key.clone())),
            views: Vec::new(),
        });
        if let Some(view) = known.views.iter().find(|view| Rc::ptr_eq(&view.scope, &scope)) {
            return Ok(Rc::clone(view));
        }
        let (image, arrivals) = (Rc::clone(&known.image), Rc::clone(&self.arrivals));
        let view = Rc::new(ImageView::new(image, scope, arrivals, self.settings.account_limit()));
        known.views.push(Rc::clone(&view));
        Ok(view)
    }

    fn scope(
        &self,
        region: &Region,
        profile: Option<&str>,
        session: Rc<Session<T>>,
    ) -> Result<Rc<RegionScope<T>>, Error> {
        let is_same = |scope: &&Rc<RegionScope<T>>| {
            scope.client.region() == region && scope.profile.as_deref() == profile
        };
        if let Some(scope) = self.scopes.borrow().iter().find(is_same) {
            return Ok(Rc::clone(scope));
        }
        let endpoint = self.settings.endpoint(region)?;
        let context = Rc::clone(&self.context);
        let profile = profile.map(str::to_owned);
        let scope = Rc::new(RegionScope::new(context, region.clone(), endpoint, session, profile));
        self.scopes.borrow_mut().push(Rc::clone(&scope));
        Ok(scope)
    }
}

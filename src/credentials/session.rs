//! Credentials in use: obtained once, kept, and renewed before they end.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use async_lock::{Mutex, OnceCell};

use super::sources::{Failed, Obtained, SourceRegion, Sources};
use super::{CredentialsSource, Identity};
use crate::api::{
    Client, ClientContext, Credentials, CredentialsProvider, Endpoint, Error, Signer, Transport,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::naming::Naming;
use crate::region::Region;
use crate::setting_names::{CREDENTIALS, Setting};
use crate::sts::{self, Caller, IssuedCredentials};
use crate::time::Instant;

/// How long before their end credentials are renewed; a quarter of their time where that is less.
const MARGIN: Duration = Duration::from_secs(300);
/// How long a failure counts: each resource asks, and each would wait for what is not there.
const FAILED: Duration = Duration::from_secs(30);

/// What was obtained last.
#[derive(Debug)]
struct Kept {
    outcome: Result<Credentials, Error>,
    renew: Option<Instant>,
    ends: Option<Instant>,
}

/// The credentials of one identity.
#[derive(Debug)]
pub struct Session<T> {
    context: Rc<ClientContext<T>>,
    identity: Identity,
    sts: Endpoint,
    // An async lock: who comes while another asks waits for that response and does not ask again.
    kept: Mutex<Option<Kept>>,
    caller: Mutex<Option<(Result<Caller, Error>, Instant)>>,
    region: OnceCell<SourceRegion>,
    warnings: RefCell<Vec<Diagnostic>>,
}

impl<T: Transport> Session<T> {
    /// A session of an identity; `sts` is the endpoint of STS.
    pub fn new(context: Rc<ClientContext<T>>, identity: Identity, sts: Endpoint) -> Self {
        if let CredentialsSource::Key(key) = &identity.source {
            context.secrets.learn(key);
        }
        Self {
            context,
            identity,
            sts,
            kept: Mutex::new(None),
            caller: Mutex::new(None),
            region: OnceCell::new(),
            warnings: RefCell::default(),
        }
    }

    /// Whose credentials they are.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The account and the user or role that call. Asked once; a failure counts for a while.
    ///
    /// `limit` bounds the time that it may take, where the answer is worth no more.
    ///
    /// # Errors
    /// Why there are no credentials, or the call's.
    pub async fn caller_within(self: &Rc<Self>, limit: Option<Duration>) -> Result<Caller, Error> {
        let mut caller = self.caller.lock().await;
        let transport = &self.context.transport;
        match &*caller {
            Some((Ok(caller), _)) => return Ok(caller.clone()),
            Some((Err(error), until)) if transport.elapsed() < *until => return Err(error.clone()),
            _ => {}
        }
        let client = self.client(Signer::Provider(Rc::clone(self)));
        let deadline = limit.map(|limit| transport.elapsed().plus(limit));
        let outcome = sts::get_caller_identity(&client, deadline).await;
        *caller = Some((outcome.clone(), transport.elapsed().plus(FAILED)));
        outcome
    }

    fn client<P: CredentialsProvider>(&self, signer: Signer<P>) -> Client<T, P> {
        Client::new(Rc::clone(&self.context), Region::central(), self.sts.clone(), signer)
    }

    fn is_one_key(&self) -> bool {
        matches!(self.identity.source, CredentialsSource::Key(_)) && self.identity.role.is_none()
    }

    /// Asks for the region that the profile in force names, or for that of the instance.
    pub async fn learn_region(&self) {
        self.region.get_or_init(async || self.sources().region(&self.identity.source).await).await;
    }

    /// The region that the profile in force names, once it was asked for.
    pub fn known_region(&self) -> Option<&str> {
        match self.region.get()? {
            SourceRegion::Named(region) => Some(region),
            _ => None,
        }
    }

    /// The region of the instance whose role the credentials may be of, once it was asked for. An image may be
    /// in another one.
    pub fn instance_region(&self) -> Option<&Region> {
        match self.region.get()? {
            SourceRegion::OfInstance(region) => Some(region),
            _ => None,
        }
    }

    /// What there is to say of the credentials that were obtained, once.
    pub fn take_warnings(&self) -> Vec<Diagnostic> {
        self.warnings.take()
    }

    fn sources(&self) -> Sources<'_, T> {
        Sources { context: &self.context, sts: &self.sts, places: &self.identity.places }
    }

    async fn obtain(&self) -> Result<IssuedCredentials, Error> {
        let sources = self.sources();
        let Obtained { issued, warnings } =
            sources.obtain(&self.identity.source).await.map_err(|why| self.failed(&why))?;
        self.warnings.borrow_mut().extend(warnings);
        let issued = match &self.identity.role {
            Some(role) => sources.assume(issued, role, &self.sts).await.map_err(|why| self.failed(&why))?,
            None => issued,
        };
        self.context.secrets.learn(&issued.credentials);
        Ok(issued)
    }

    fn failed(&self, why: &Failed) -> Error {
        match why {
            Failed::Call(error) => error.clone(),
            Failed::Absent(why) | Failed::Because(why)
                if self.identity.source == CredentialsSource::Chain =>
            {
                credentials_missing(self.context.naming, why).into()
            }
            Failed::Absent(why) | Failed::Because(why) => Diagnostic::new(
                Code::CredentialsFailed,
                "{} gave no credentials: {}",
                [self.identity.describe(), self.context.secrets.redact(why)],
            )
            .into(),
        }
    }
}

impl<T: Transport> CredentialsProvider for Session<T> {
    /// The credentials, renewed where they are about to end.
    async fn credentials(&self) -> Result<Credentials, Error> {
        if let (CredentialsSource::Key(key), None) = (&self.identity.source, &self.identity.role) {
            return Ok(key.clone());
        }
        let mut kept = self.kept.lock().await;
        if let Some(Kept { outcome, renew, .. }) = &*kept
            && renew.is_none_or(|renew| self.context.transport.elapsed() < renew)
        {
            return outcome.clone();
        }
        let outcome = self.obtain().await;
        let now = self.context.transport.elapsed();
        let last = match (outcome, kept.take()) {
            (Ok(IssuedCredentials { credentials, expires }), _) => {
                // The wall clock is read once: what may jump later does not make credentials older.
                let left = expires.map(|end| self.context.api_clock().until(end));
                Kept {
                    outcome: Ok(credentials),
                    renew: left.map(|left| now.plus(left - MARGIN.min(left / 4))),
                    ends: left.map(|left| now.plus(left)),
                }
            }
            (Err(_), Some(Kept { outcome: Ok(still), ends: Some(ends), .. })) if ends > now => {
                Kept { outcome: Ok(still), renew: Some(now.plus(FAILED)), ends: Some(ends) }
            }
            (Err(error), _) => Kept { outcome: Err(error), renew: Some(now.plus(FAILED)), ends: None },
        };
        let answer = last.outcome.clone();
        *kept = Some(last);
        answer
    }

    async fn expired(&self, expired: &Credentials) -> bool {
        if self.is_one_key() {
            return false;
        }
        let mut kept = self.kept.lock().await;
        // Another call may have renewed them meanwhile.
        if matches!(&*kept, Some(Kept { outcome: Ok(credentials), .. }) if credentials == expired) {
            *kept = None;
        }
        true
    }
}

/// No credentials anywhere, with every place that was looked in. `chain` is what the default chain looked at,
/// and why each place had none.
fn credentials_missing(naming: &Naming, chain: &str) -> Diagnostic {
    let names = |select: fn(&Setting) -> &'static [&'static str]| {
        let mut names = CREDENTIALS.map(select).concat();
        for name in &mut names {
            *name = (naming.name)(name);
        }
        names.join(", ")
    };
    Diagnostic::new(
        Code::CredentialsMissing,
        "no credentials were found in {} ({}), in the environment ({}) or in the default chain ({})",
        [
            naming.place.to_owned(),
            names(|setting| setting.config),
            names(|setting| setting.environment),
            chain.to_owned(),
        ],
    )
}

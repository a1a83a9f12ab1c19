//! Credentials in use: had once, kept, and renewed before they end.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use async_lock::Mutex;

use super::{Credentials, CredentialsSource, Identity, Issued};
use crate::diagnostic::{Diagnostic, Severity};
use crate::ecs::{Action, Ambient, Client, Expected, Signer};
use crate::error::Error;
use crate::http::Transport;
use crate::region::Endpoint;
use crate::secret::Secret;
use crate::settings::{Settings, no_credentials};
use crate::time::Timestamp;
use crate::value::Value;

/// How long before their end credentials are renewed; a quarter of their time where that is less.
const MARGIN: Duration = Duration::from_secs(300);
/// How long a failure counts: each resource asks, and each would wait for what is not there.
const FAILED: Duration = Duration::from_secs(30);

/// What was got last.
#[derive(Debug)]
struct Kept {
    outcome: Result<Issued, Error>,
    renew: Option<Timestamp>,
}

/// The credentials of one identity.
#[derive(Debug)]
pub struct Session<T> {
    ambient: Rc<Ambient<T>>,
    identity: Identity,
    sts: Endpoint,
    // An async lock: who comes while another asks waits for that answer and does not ask again.
    kept: Mutex<Option<Kept>>,
}

impl<T: Transport> Session<T> {
    /// A session of an identity; `sts` answers for STS.
    pub fn new(ambient: Rc<Ambient<T>>, identity: Identity, sts: Endpoint) -> Self {
        Self { ambient, identity, sts, kept: Mutex::new(None) }
    }

    /// Whose credentials they are.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The credentials, renewed where they are about to end.
    ///
    /// # Errors
    /// Why there are none: a [`Diagnostic`] that names every place that was looked in, or the failed call.
    pub async fn credentials(&self) -> Result<Credentials, Error> {
        if let (CredentialsSource::Key(key), None) = (&self.identity.source, &self.identity.role) {
            return Ok(key.clone());
        }
        let mut kept = self.kept.lock().await;
        let now = self.ambient.api_now();
        if let Some(Kept { outcome, renew }) = &*kept
            && renew.is_none_or(|renew| now < renew)
        {
            return outcome.clone().map(|issued| issued.credentials);
        }
        let outcome = self.obtain().await;
        let now = self.ambient.api_now();
        let last = match (outcome, kept.take()) {
            (Err(_), Some(Kept { outcome: Ok(still), .. })) if still.expires > Some(now) => {
                Kept { outcome: Ok(still), renew: Some(now.plus(FAILED)) }
            }
            (Err(error), _) => Kept { outcome: Err(error), renew: Some(now.plus(FAILED)) },
            (Ok(issued), _) => {
                let renew = issued.expires.map(|end| {
                    let left = end.since(now);
                    now.plus(left - MARGIN.min(left / 4))
                });
                Kept { outcome: Ok(issued), renew }
            }
        };
        let answer = last.outcome.clone().map(|issued| issued.credentials);
        *kept = Some(last);
        answer
    }

    /// The API calls credentials expired: they are not given out again. False where no others can be had.
    pub async fn forget(&self, expired: &Credentials) -> bool {
        if matches!(self.identity.source, CredentialsSource::Key(_)) && self.identity.role.is_none() {
            return false;
        }
        let mut kept = self.kept.lock().await;
        // Another call may have renewed them meanwhile.
        if matches!(&*kept, Some(Kept { outcome: Ok(issued), .. }) if issued.credentials == *expired) {
            *kept = None;
        }
        true
    }

    async fn obtain(&self) -> Result<Issued, Error> {
        let issued = match &self.identity.source {
            CredentialsSource::Key(key) => Issued { credentials: key.clone(), expires: None },
            CredentialsSource::Oidc { provider, role, token, .. } => {
                let token = match token {
                    Some(token) => token.clone(),
                    None => self.ask().await.and_then(|answer| {
                        take(answer, "token").ok_or_else(|| self.failed("the file is empty"))
                    })?,
                };
                let mut parameters = role.parameters();
                parameters.push(("OIDCProviderArn".into(), provider.clone()));
                parameters.push(("OIDCToken".into(), token.expose().trim().into()));
                self.assume(Action::AssumeRoleWithOidc, parameters, Signer::Nobody).await?
            }
            _ => {
                let answer = self.ask().await?;
                let expires = match answer.get("expiration") {
                    Value::Whole(millis) => Some(Timestamp::from_millis(*millis)),
                    _ => None,
                };
                issued(answer, ["accessKeyId", "accessKeySecret", "securityToken"], expires)
                    .ok_or_else(|| self.failed("it gave no access key"))?
            }
        };
        match &self.identity.role {
            Some(role) => {
                let signer = Signer::Key(issued.credentials);
                self.assume(Action::AssumeRole, role.parameters(), signer).await
            }
            None => Ok(issued),
        }
    }

    async fn ask(&self) -> Result<Value, Error> {
        let question = self.identity.source.question().unwrap_or_default();
        self.ambient.transport.credentials(question).await.map_err(|why| self.failed(&why))
    }

    fn failed(&self, why: &str) -> Error {
        if matches!(self.identity.source, CredentialsSource::Chain { .. }) {
            return no_credentials(Severity::Error, why).into();
        }
        Diagnostic {
            code: "credentials-failed",
            severity: Severity::Error,
            property: None,
            message: format!("no credentials from {}: {why}", self.identity.describe()),
            help: "correct it, or set other credentials: docs/configuration.md has their order".into(),
        }
        .into()
    }

    // Boxed: a call takes credentials, and credentials take this call.
    fn assume(
        &self,
        action: Action,
        parameters: Vec<(String, String)>,
        signer: Signer<T>,
    ) -> Pin<Box<dyn Future<Output = Result<Issued, Error>> + '_>> {
        let client = Client::sts(Rc::clone(&self.ambient), self.sts.clone(), signer);
        Box::pin(async move {
            let found = client.call(action, &parameters, read_issued).await?;
            Ok(found)
        })
    }
}

fn read_issued(answer: &Value) -> Result<Issued, Expected> {
    let credentials = answer.get("Credentials");
    let expires = Timestamp::from_iso(credentials.text_at("Expiration"));
    issued(credentials.clone(), ["AccessKeyId", "AccessKeySecret", "SecurityToken"], expires)
        .ok_or(("Credentials", "an access key"))
}

fn issued(answer: Value, names: [&str; 3], expires: Option<Timestamp>) -> Option<Issued> {
    let mut found = [None, None, None];
    for (key, value) in answer.into_entries() {
        let place = names.iter().zip(&mut found).find(|(name, _)| **name == key);
        if let (Value::Text(text), Some((_, place))) = (value, place) {
            *place = Some(Secret::new(text)).filter(|text| !text.expose().is_empty());
        }
    }
    let [id, secret, security_token] = found;
    Some(Issued {
        credentials: Credentials { access_key_id: id?, access_key_secret: secret?, security_token },
        expires,
    })
}

fn take(answer: Value, name: &str) -> Option<Secret> {
    answer.into_entries().into_iter().find_map(|(key, value)| match value {
        Value::Text(text) if key == name && !text.trim().is_empty() => Some(Secret::new(text)),
        _ => None,
    })
}

/// The sessions of a provider: one for the settings', one for each profile that a resource names.
#[derive(Debug)]
pub struct Sessions<T>(RefCell<Vec<ByProfile<T>>>);

type ByProfile<T> = (Option<String>, Rc<Session<T>>);

impl<T> Default for Sessions<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Transport> Sessions<T> {
    /// The session for a resource's profile, or for none.
    ///
    /// # Errors
    /// A [`Diagnostic`] that names the setting which is malformed.
    pub fn get(
        &self,
        settings: &Settings,
        ambient: &Rc<Ambient<T>>,
        profile: &Value,
    ) -> Result<Rc<Session<T>>, Diagnostic> {
        if *profile == Value::Unknown {
            // At preview. Another account's credentials would tell lies about the image.
            let message = "profile is not known yet";
            return Err(Diagnostic::error("profile-unknown", "profile", message, "it is, at `up`"));
        }
        let key = profile.text().map(str::to_owned);
        let mut sessions = self.0.borrow_mut();
        if let Some((_, session)) = sessions.iter().find(|(known, _)| *known == key) {
            return Ok(Rc::clone(session));
        }
        let (identity, sts) = (settings.identity(profile)?, settings.sts_endpoint()?);
        let session = Rc::new(Session::new(Rc::clone(ambient), identity, sts));
        sessions.push((key, Rc::clone(&session)));
        Ok(session)
    }
}

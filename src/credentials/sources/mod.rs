//! Sources of credentials, a file each, over a [`Host`](crate::api::Host) and the core's transport.
//!
//! The official library for Node (`@alicloud/credentials`) and the `aliyun` command are the references: a test
//! runs the former beside these.

mod chain;
mod command;
mod file;
mod ini;
mod instance_role;
mod mode;
mod profile;
mod roles;
mod uri;

use std::convert::Infallible;
use std::rc::Rc;
use std::time::Duration;

use self::mode::Mode;
use super::identity::{CredentialsSource, Places};
use crate::api::{
    Client, ClientContext, CredentialsProvider, Endpoint, Error, Request, Signer, Timeouts, Transport,
    TransportError,
};
use crate::diagnostic::Diagnostic;
use crate::region::Region;
use crate::secret::{Secret, SecretValue};
use crate::sts::{IssuedCredentials, Role, assume_role, assume_role_with_oidc};
use crate::time::Timestamp;
use crate::value::Value;

/// Why a source gave no credentials.
#[derive(Clone, Debug)]
pub(super) enum Failed {
    /// There is none: nobody meant it. In words.
    Absent(String),
    /// It is there and does not work. In words that hold no secret.
    Because(String),
    /// A call to the API failed.
    Call(Error),
}

impl Failed {
    fn because(why: impl Into<String>) -> Self {
        Self::Because(why.into())
    }

    fn absent(why: impl Into<String>) -> Self {
        Self::Absent(why.into())
    }

    /// The same of a source that is there.
    fn of_present(self) -> Self {
        match self {
            Self::Absent(why) => Self::Because(why),
            why => why,
        }
    }

    /// The reason in a sentence.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Absent(why) | Self::Because(why) => why.clone(),
            Self::Call(error) => error.diagnostic().message(),
        }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

/// What a source gave, and what there is to say of it.
#[derive(Debug)]
pub(super) struct Obtained {
    pub(super) issued: IssuedCredentials,
    pub(super) warnings: Vec<Diagnostic>,
}

impl From<IssuedCredentials> for Obtained {
    fn from(issued: IssuedCredentials) -> Self {
        Self { issued, warnings: Vec::new() }
    }
}

/// The region that a source names.
#[derive(Debug)]
pub(super) enum SourceRegion {
    /// A profile names it.
    Named(String),
    /// The instance is in it: a hint, since an image may be anywhere.
    OfInstance(Region),
    /// Nothing.
    None,
}

/// What sources need: the world, where STS is, and where files are.
pub(super) struct Sources<'a, T> {
    pub(super) context: &'a Rc<ClientContext<T>>,
    pub(super) sts: &'a Endpoint,
    pub(super) places: &'a Places,
}

impl<T: Transport> Sources<'_, T> {
    /// Asks a source.
    pub(super) async fn obtain(&self, source: &CredentialsSource) -> Result<Obtained, Failed> {
        match source {
            CredentialsSource::Key(key) => {
                Ok(IssuedCredentials { credentials: key.clone(), expires: None }.into())
            }
            CredentialsSource::Oidc { provider, role, token, file } => {
                let token = match token {
                    Some(token) => token.clone(),
                    None => self.token(file).await?,
                };
                Ok(self.exchange(role, provider, &token, self.sts).await?.into())
            }
            CredentialsSource::Profile { name } => self.profile(name).await,
            CredentialsSource::InstanceRole(name) => Ok(self.instance_role(name).await?.into()),
            CredentialsSource::Uri(uri) => Ok(self.uri(uri).await?.into()),
            CredentialsSource::Chain => self.chain().await,
        }
    }

    /// The region of a profile, or that of the instance whose role the source is.
    pub(super) async fn region(&self, source: &CredentialsSource) -> SourceRegion {
        let (name, files) = match source {
            CredentialsSource::Profile { name } => (name.as_str(), self.places.of_profiles()),
            CredentialsSource::Chain => ("", self.places.of_chain()),
            CredentialsSource::InstanceRole(_) => ("", Vec::new()),
            _ => return SourceRegion::None,
        };
        for file in files {
            if let Ok(profile) = self.profile_of(&file, name).await {
                let region = profile.text("region_id").trim();
                return match Mode::of(&profile) {
                    _ if !region.is_empty() => SourceRegion::Named(region.to_owned()),
                    Ok(mode) if mode.is_of_instance() => self.instance_region().await,
                    _ => SourceRegion::None,
                };
            }
        }
        match source {
            CredentialsSource::Profile { .. } => SourceRegion::None,
            _ => self.instance_region().await,
        }
    }

    fn client<P: CredentialsProvider>(&self, signer: Signer<P>, sts: &Endpoint) -> Client<T, P> {
        Client::new(Rc::clone(self.context), Region::central(), sts.clone(), signer)
    }

    /// Assumes a role with credentials that another source gave.
    pub(super) async fn assume(
        &self,
        issued: IssuedCredentials,
        role: &Role,
        sts: &Endpoint,
    ) -> Result<IssuedCredentials, Failed> {
        self.context.secrets.learn(&issued.credentials);
        let client = self.client::<Infallible>(Signer::Key(issued.credentials), sts);
        Ok(assume_role(&client, role).await?)
    }

    /// Exchanges the token of an OIDC provider for a role.
    async fn exchange(
        &self,
        role: &Role,
        provider: &str,
        token: &Secret,
        sts: &Endpoint,
    ) -> Result<IssuedCredentials, Failed> {
        self.context.secrets.add(token.expose());
        let client = self.client::<Infallible>(Signer::Nobody, sts);
        Ok(assume_role_with_oidc(&client, role, provider, token).await?)
    }

    /// Sends a request of no API's, once.
    async fn fetch(&self, request: Request, timeouts: Timeouts) -> Result<(u16, Vec<u8>), Failed> {
        let mut response = self.context.transport.send(request, timeouts).await.map_err(|why| {
            Failed::because(match why {
                TransportError::TimedOut(_) => "no response in time".to_owned(),
                other => other.to_string(),
            })
        })?;
        Ok((response.status, std::mem::take(&mut response.body)))
    }
}

/// A request for credentials: by no proxy, and without a signature.
fn request(method: &'static str, endpoint: Endpoint, path: String) -> Request {
    Request {
        method,
        endpoint,
        path,
        query: Vec::new(),
        headers: Vec::new(),
        body: Vec::new(),
        is_direct: true,
    }
}

const fn within(connect: u64, total: u64) -> Timeouts {
    Timeouts { connect: Some(Duration::from_secs(connect)), total: Duration::from_secs(total) }
}

/// The answer of the metadata service, and of a credentials URI.
fn read_answer(status: u16, body: Vec<u8>) -> Result<IssuedCredentials, Failed> {
    let body = zeroize::Zeroizing::new(body);
    if status != 200 {
        return Err(Failed::because(format!("the response has HTTP status {status}")));
    }
    let answer = SecretValue::read(&body).ok_or_else(|| Failed::because("the response is not JSON"))?;
    if !matches!(answer.text("Code"), "" | "Success") {
        return Err(Failed::because("the response reports a failure"));
    }
    let expires = expiration(answer.get("Expiration"));
    let issued = IssuedCredentials::take(
        answer.into_inner(),
        ["AccessKeyId", "AccessKeySecret", "SecurityToken"],
        expires,
    );
    issued
        .filter(|issued| issued.credentials.security_token.is_some())
        .ok_or_else(|| Failed::because("the response holds no temporary credentials"))
}

/// A moment in ISO form, or in seconds or milliseconds since 1970, as a number or its digits.
fn expiration(value: &Value) -> Option<Timestamp> {
    // As seconds it is in the year 5138: what is beyond is in milliseconds.
    const LAST_SECOND: u64 = 99_999_999_999;
    match value {
        Value::Text(text) => match text.trim().parse() {
            Ok(number) => expiration(&Value::Whole(number)),
            Err(_) => Timestamp::from_iso(text),
        },
        Value::Whole(0) => None,
        Value::Whole(seconds @ 1..=LAST_SECOND) => Some(Timestamp::from_millis(seconds * 1000)),
        Value::Whole(millis) => Some(Timestamp::from_millis(*millis)),
        Value::Number(seconds) if (1.0..1e15).contains(seconds) => expiration(&Value::Whole(*seconds as u64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_read_in_every_form_that_tools_write() {
        let end = Some(Timestamp::from_millis(1_767_225_600_000));
        for json in [
            "1767225600",
            "1767225600000",
            "1767225600.0",
            r#""1767225600""#,
            r#"" 1767225600000 ""#,
            r#""2026-01-01T00:00:00Z""#,
            r#""2026-01-01T08:00:00+08:00""#,
        ] {
            let value = crate::json::read(json.as_bytes()).unwrap_or_default();
            assert_eq!(expiration(&value), end, "{json}");
        }
        for json in ["0", "null", "-1", "1e999", "true", r#""""#, r#""0""#, r#""soon""#] {
            let value = crate::json::read(json.as_bytes()).unwrap_or_default();
            assert_eq!(expiration(&value), None, "{json}");
        }
    }
}

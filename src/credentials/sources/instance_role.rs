//! The role of the ECS instance that this runs on, as its metadata service gives it out.
//!
//! Source: "Use instance metadata" in the ECS documentation. The hardened mode wants a token with each request.

use super::{Failed, SourceRegion, Sources, read_answer, request, within};
use crate::api::{Endpoint, Timeouts, Transport, TransportError};
use crate::region::Region;
use crate::sts::IssuedCredentials;

const METADATA: &str = "http://100.100.100.200";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";
const REGION: &str = "/latest/meta-data/region-id";
/// How long a token of the metadata service is good for, in seconds: what the official library asks for.
const TOKEN_SECONDS: &str = "21600";
/// The service is on the instance's own host: what takes longer is not there.
const TIMEOUTS: Timeouts = within(1, 1);

/// What the question for a token came to.
enum Token {
    Given(String),
    /// The plain mode is left.
    Refused,
}

impl<T: Transport> Sources<'_, T> {
    /// The credentials of the instance's role; of the one that it has where `role` is empty.
    pub(super) async fn instance_role(&self, role: &str) -> Result<IssuedCredentials, Failed> {
        if let Some(name) = self.places.metadata_disabled_by {
            return Err(Failed::because(format!("turned off by {name}")));
        }
        let token = self.metadata_token().await?;
        let role = match role {
            "" => self.role_name(&token).await?,
            role => role.to_owned(),
        };
        let (status, body) = self.metadata(&format!("{ROLES}{role}"), &token).await?;
        match status {
            404 => {
                Err(Failed::because(format!("the instance has no role {}", crate::diagnostic::quote(&role))))
            }
            status => read_answer(status, body),
        }
    }

    /// The region of the instance. Who gets no token in the time that one takes is on no instance.
    pub(super) async fn instance_region(&self) -> SourceRegion {
        if self.places.metadata_disabled_by.is_none()
            && let Ok(token @ Token::Given(_)) = self.metadata_token().await
            && let Ok((200, body)) = self.metadata(REGION, &token).await
            && let Ok(region) = Region::parse(String::from_utf8_lossy(&body).trim())
        {
            return SourceRegion::OfInstance(region);
        }
        SourceRegion::None
    }

    /// A token of the metadata service. Without one the plain mode is tried, but where a setting forbids it and
    /// where nothing answers at all.
    async fn metadata_token(&self) -> Result<Token, Failed> {
        let mut request = request("PUT", metadata()?, "/latest/api/token".into());
        request.headers.push(("x-aliyun-ecs-metadata-token-ttl-seconds", TOKEN_SECONDS.into()));
        let outcome = self.context.transport.send(request, TIMEOUTS).await;
        let why = match outcome {
            Ok(response) if response.status == 200 => {
                let token = String::from_utf8_lossy(&response.body).trim().to_owned();
                self.context.secrets.add(&token);
                return Ok(Token::Given(token));
            }
            Ok(response) => format!("the metadata token is refused (HTTP {})", response.status),
            Err(TransportError::TimedOut(_)) => "no response in time".to_owned(),
            Err(why) => return Err(Failed::because(why.to_string())),
        };
        match self.places.plain_metadata_disabled_by {
            Some(name) => {
                Err(Failed::because(format!("{why}, and requests without one are turned off by {name}")))
            }
            None => Ok(Token::Refused),
        }
    }

    async fn role_name(&self, token: &Token) -> Result<String, Failed> {
        let (status, body) = self.metadata(ROLES, token).await?;
        let text = String::from_utf8_lossy(&body);
        match (status, text.lines().map(str::trim).find(|line| !line.is_empty())) {
            (200, Some(role)) => Ok(role.to_owned()),
            (200 | 404, _) => Err(Failed::because("the instance has no role")),
            (status, _) => Err(Failed::because(format!("the response has HTTP status {status}"))),
        }
    }

    /// Asks the metadata service, once more without the token where it is refused with it.
    async fn metadata(&self, path: &str, token: &Token) -> Result<(u16, Vec<u8>), Failed> {
        if let Token::Given(token) = token {
            let mut request = request("GET", metadata()?, path.to_owned());
            request.headers.push(("x-aliyun-ecs-metadata-token", token.clone()));
            let (status, body) = self.fetch(request, TIMEOUTS).await?;
            if matches!(status, 200 | 404) || self.places.plain_metadata_disabled_by.is_some() {
                return Ok((status, body));
            }
        }
        self.fetch(request("GET", metadata()?, path.to_owned()), TIMEOUTS).await
    }
}

fn metadata() -> Result<Endpoint, Failed> {
    Endpoint::parse(METADATA).map_err(|why| Failed::because(why.to_string()))
}

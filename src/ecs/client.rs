//! One signed call, and what its response says.

use std::rc::Rc;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Action, VERSION};
use crate::credentials::Credentials;
use crate::error::{CallError, Error, Failure};
use crate::http::{Request, Response, Transport};
use crate::region::{Endpoint, Region};
use crate::sign;

/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(10);

/// Calls ECS in one region with one set of credentials.
#[derive(Debug)]
pub struct Client<T> {
    transport: Rc<T>,
    region: Region,
    endpoint: Endpoint,
    credentials: Credentials,
}

impl<T: Transport> Client<T> {
    /// A client for a region.
    pub fn new(transport: Rc<T>, region: Region, endpoint: Endpoint, credentials: Credentials) -> Self {
        Self { transport, region, endpoint, credentials }
    }

    /// The region it calls.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Calls an action and reads its response. `RegionId` is added.
    pub(super) async fn call<R: DeserializeOwned>(
        &self,
        action: Action,
        parameters: Vec<(String, String)>,
    ) -> Result<R, Error> {
        let started = self.transport.now();
        let mut request = self.request(action, parameters);
        sign::sign(&mut request, &self.credentials, self.transport.now(), &self.transport.nonce());
        let outcome = match self.transport.send(request, ATTEMPT).await {
            Ok(response) => read(&response),
            Err(why) => Err(Failure::Unreachable(why)),
        };
        outcome.map_err(|failure| {
            let elapsed = self.transport.now().since(started);
            Error::Call(CallError { action, attempts: 1, elapsed, failure })
        })
    }

    fn request(&self, action: Action, mut query: Vec<(String, String)>) -> Request {
        query.push(("RegionId".into(), self.region.to_string()));
        Request {
            method: "POST",
            endpoint: self.endpoint.clone(),
            query,
            headers: vec![
                ("accept", "application/json".into()),
                ("x-acs-action", action.as_str().into()),
                ("x-acs-version", VERSION.into()),
            ],
            body: Vec::new(),
        }
    }
}

/// The body of an error. Every field may be absent when a proxy answers in the API's place.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Refusal {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    request_id: String,
}

fn read<R: DeserializeOwned>(response: &Response) -> Result<R, Failure> {
    let status = response.status;
    if (200..300).contains(&status) {
        return serde_json::from_slice(&response.body)
            .map_err(|error| Failure::Unexpected { status, why: describe(&error, &response.body) });
    }
    match serde_json::from_slice::<Refusal>(&response.body) {
        Ok(refusal) => Err(Failure::Refused {
            status,
            message: without_signed_text(&refusal.message),
            code: refusal.code,
            request_id: refusal.request_id,
        }),
        Err(error) => Err(Failure::Unexpected { status, why: describe(&error, &response.body) }),
    }
}

/// What was expected and where it broke, without the body: it may hold anything.
fn describe(error: &serde_json::Error, body: &[u8]) -> String {
    let start = body.iter().find(|byte| !byte.is_ascii_whitespace());
    match (error.classify(), start) {
        (_, None) => "expected JSON and got nothing".into(),
        (_, Some(b'<')) => "expected JSON and got HTML or XML".into(),
        (serde_json::error::Category::Eof, _) => {
            format!("the JSON ends in the middle, after {} bytes", body.len())
        }
        (serde_json::error::Category::Data, _) => format!("the JSON has another shape: {error}"),
        _ => format!("expected JSON: it breaks at line {}, column {}", error.line(), error.column()),
    }
}

/// Cuts a message where it repeats what was signed: access key id and token stand in it.
///
/// Source: the message of `SignatureDoesNotMatch`, "… server StringToSign is [POST&…]".
fn without_signed_text(message: &str) -> String {
    let lower = message.to_ascii_lowercase();
    let cut = ["stringtosign", "string to sign", "canonicalrequest", "canonical request"]
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min();
    let kept = cut.and_then(|end| message.get(..end)).unwrap_or(message);
    kept.trim_end_matches(|c: char| c.is_whitespace() || ":([,".contains(c)).chars().take(400).collect()
}

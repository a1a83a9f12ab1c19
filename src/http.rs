//! The line between the core and the world: requests, responses, and all that is ambient.

use std::time::Duration;

use zeroize::Zeroize;

use crate::region::Endpoint;
use crate::time::{Seconds, Timestamp};
use crate::value::Value;

/// The longest response body that is read, in bytes. A page of 100 images has some 200 000; one that is all
/// commas becomes 32 times its size in memory.
pub const LONGEST_BODY: usize = 2 * 1024 * 1024;

/// A request, with its parameters and headers not encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `POST` for every action of ECS and STS.
    pub method: &'static str,
    /// Where it goes.
    pub endpoint: Endpoint,
    /// Parameters of the query, in any order.
    pub query: Vec<(String, String)>,
    /// Headers by lower-case name, `host` apart: it is the endpoint's.
    pub headers: Vec<(&'static str, String)>,
    /// The body: a form, and empty where the parameters are in the query.
    pub body: Vec<u8>,
}

impl Drop for Request {
    /// A security token goes in a header: it is not left in memory.
    fn drop(&mut self) {
        for (_, value) in &mut self.headers {
            value.zeroize();
        }
    }
}

/// What came back, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `date` header.
    pub date: Option<String>,
    /// The `x-acs-retry-after` header, in milliseconds.
    pub retry_after: Option<String>,
    /// The body, [`LONGEST_BODY`] at most.
    pub body: Vec<u8>,
}

/// Why there is no response. Whether the request had an effect is not known, but for [`Self::NotSent`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection was made, so the request cannot have had an effect. Holds the cause's code.
    #[error("no connection ({0})")]
    NotSent(String),
    /// The connection broke. Holds the cause's code.
    #[error("the connection broke ({0})")]
    Broken(String),
    /// There was no answer in time.
    #[error("no answer in {}", Seconds(*.0))]
    TimedOut(Duration),
    /// The body is longer than [`LONGEST_BODY`].
    #[error("the answer is longer than {LONGEST_BODY} bytes")]
    TooLong,
    /// The server sent the client elsewhere, which is not followed: the token would go along.
    #[error("the server answered with a redirect, which is never followed")]
    Redirected,
}

/// Everything that is ambient: the network, the clock, and chance.
#[expect(async_fn_in_trait, reason = "the core runs on one thread; no future of it has to be Send")]
pub trait Transport {
    /// Sends a request and reads the whole response, of any status, within the time given.
    async fn send(&self, request: Request, timeout: Duration) -> Result<Response, TransportError>;

    /// Waits.
    async fn sleep(&self, duration: Duration);

    /// Asks for the credentials of a source outside of the settings: files, processes, the instance.
    ///
    /// The question is [`CredentialsSource::question`]'s; the answer has `accessKeyId`, `accessKeySecret`,
    /// `securityToken` and `expiration` (milliseconds since 1970), or `token` for that of an OIDC
    /// provider. The error says why there are none, without a secret.
    ///
    /// [`CredentialsSource::question`]: crate::credentials::CredentialsSource::question
    async fn credentials(&self, _question: Value) -> Result<Value, String> {
        Err("nothing here looks for credentials".into())
    }

    /// The clock of this machine.
    fn now(&self) -> Timestamp;

    /// 64 random bits, good enough for a nonce.
    fn random(&self) -> u64;

    /// A signature nonce: never the same twice.
    fn nonce(&self) -> String {
        format!("{:016x}{:016x}", self.random(), self.random())
    }
}

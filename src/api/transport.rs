//! The line between the core and the world: requests, responses, and all that is ambient.

use std::time::Duration;

use zeroize::Zeroize;

use super::{Endpoint, Host};
use crate::time::{Instant, Seconds, Timestamp};

/// The longest response body that is read, in bytes. A page of 100 images has some 200 000; one that is all
/// commas becomes 32 times its size in memory.
pub const LONGEST_BODY: usize = 2 * 1024 * 1024;

/// A request, with its parameters and headers not encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `POST` for every action; sources of credentials also send `GET` and `PUT`.
    pub method: &'static str,
    /// Where it goes.
    pub endpoint: Endpoint,
    /// The path, `/` for every action.
    pub path: String,
    /// Parameters of the query, in any order.
    pub query: Vec<(String, String)>,
    /// Headers by lower-case name, `host` apart: it is the endpoint's.
    pub headers: Vec<(&'static str, String)>,
    /// The body: a form, and empty where the parameters are in the query.
    pub body: Vec<u8>,
    /// Whether it goes by no proxy: to the metadata of the instance, to a credentials URI.
    pub is_direct: bool,
}

impl Drop for Request {
    /// Security tokens and OIDC tokens are not left in memory, nor is the path of a credentials URI.
    fn drop(&mut self) {
        self.path.zeroize();
        for (_, value) in &mut self.headers {
            value.zeroize();
        }
        for (_, value) in &mut self.query {
            value.zeroize();
        }
        self.body.zeroize();
    }
}

/// What came back, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The moment of the `date` header.
    pub date: Option<Timestamp>,
    /// The `x-acs-retry-after` header, in milliseconds.
    pub retry_after: Option<String>,
    /// The body, [`LONGEST_BODY`] at most.
    pub body: Vec<u8>,
}

/// How long an attempt may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the connection is open; none for the transport's own limit.
    pub connect: Option<Duration>,
    /// Until the response is read.
    pub total: Duration,
}

/// Why there is no response. Whether the request had an effect is not known, but for [`Self::NotSent`] and
/// [`Self::Refused`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection was made, so the request cannot have had an effect. Holds the cause's code.
    #[error("no connection ({0})")]
    NotSent(String),
    /// No connection was made, and none would be: a certificate, or a header that cannot be sent. Holds the
    /// cause's code.
    #[error("no connection, and another attempt would end the same ({0})")]
    Refused(String),
    /// The connection broke. Holds the cause's code.
    #[error("the connection broke ({0})")]
    Broken(String),
    /// There was no response in time.
    #[error("no response in {}", Seconds(*.0))]
    TimedOut(Duration),
    /// The body is longer than [`LONGEST_BODY`].
    #[error("the response is longer than {LONGEST_BODY} bytes")]
    TooLong,
    /// The server sent the client elsewhere, which is not followed: the token would go along.
    #[error("the server answered with a redirect, which is never followed")]
    Redirected,
    /// The operation was cancelled before anything was sent.
    #[error("cancelled")]
    Cancelled,
}

/// Causes, by Node's codes, after which no byte of the request can have left.
const NOT_SENT: &[&str] =
    &["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"];

/// The same, and another attempt would end the same: OpenSSL's codes of certificates (see [`is_of_certificate`]
/// for the others), a server that speaks no TLS, a header or an address that cannot be sent.
const REFUSED: &[&str] = &[
    "HOSTNAME_MISMATCH",
    "INVALID_CA",
    "INVALID_PURPOSE",
    "PATH_LENGTH_EXCEEDED",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "ERR_INVALID_CHAR",
    "ERR_INVALID_URL",
    "UND_ERR_INVALID_ARG",
];

/// Source: `X509ErrorCode` in src/crypto/crypto_common.cc of nodejs/node, and the errors of `node:tls`.
fn is_of_certificate(code: &str) -> bool {
    let starts = ["CERT_", "CRL_", "ERR_TLS_CERT_", "UNABLE_TO_"].iter().any(|start| code.starts_with(start));
    starts || code.contains("SELF_SIGNED_CERT")
}

impl TransportError {
    /// What an error of Node's, or of its `fetch`, means, by its code.
    pub fn of_node(code: String) -> Self {
        match code.as_str() {
            "UND_ERR_HEADERS_OVERFLOW" | "HPE_HEADER_OVERFLOW" => Self::TooLong,
            known if NOT_SENT.contains(&known) => Self::NotSent(code),
            known if REFUSED.contains(&known) || is_of_certificate(known) => Self::Refused(code),
            _ => Self::Broken(code),
        }
    }

    /// What it means that a proxy answered CONNECT with this status: nothing of the request has left by then.
    pub fn of_proxy(status: u16) -> Self {
        match status {
            407 => Self::Refused("the proxy requires other credentials (HTTP 407)".into()),
            // What a gateway reports of the host behind it may pass.
            500.. => Self::NotSent(format!("the proxy reached no such host (HTTP {status})")),
            _ => Self::Refused(format!("the proxy opened no tunnel (HTTP {status})")),
        }
    }
}

/// Everything that is ambient: the network, the clocks, chance, and the machine that this runs on.
#[expect(async_fn_in_trait, reason = "the core runs on one thread; no future of it has to be Send")]
pub trait Transport: Host {
    /// Sends a request and reads the whole response, of any status, within the time given.
    async fn send(&self, request: Request, timeouts: Timeouts) -> Result<Response, TransportError>;

    /// Waits at least that long: whoever waits for a moment in a loop would spin through the rest of a
    /// millisecond. Returns early only where [`Self::is_cancelled`] becomes true.
    async fn sleep(&self, duration: Duration);

    /// Whether the engine wants no new work. Nothing is sent after that.
    fn is_cancelled(&self) -> bool {
        false
    }

    /// Shows a person what a long wait is for. A sentence without a secret.
    fn progress(&self, _note: &str) {}

    /// The wall clock of this machine, which may jump. Only dates are made of it, never durations.
    fn wall_clock(&self) -> Timestamp;

    /// The clock that only goes forward, for everything that waits or grows old.
    fn elapsed(&self) -> Instant;

    /// 64 random bits, good enough for a nonce.
    fn random(&self) -> u64;

    /// A signature nonce: never the same twice.
    fn nonce(&self) -> String {
        format!("{:016x}{:016x}", self.random(), self.random())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_the_same_is_refused_and_what_may_have_arrived_is_broken() {
        for code in [
            "CERT_HAS_EXPIRED",
            "CERT_NOT_YET_VALID",
            "CERT_REVOKED",
            "CERT_UNTRUSTED",
            "CRL_HAS_EXPIRED",
            "DEPTH_ZERO_SELF_SIGNED_CERT",
            "SELF_SIGNED_CERT_IN_CHAIN",
            "UNABLE_TO_GET_ISSUER_CERT",
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            "ERR_TLS_CERT_ALTNAME_INVALID",
            "ERR_SSL_WRONG_VERSION_NUMBER",
            "ERR_INVALID_CHAR",
        ] {
            assert_eq!(TransportError::of_node(code.into()), TransportError::Refused(code.into()));
        }
        for code in [
            "ECONNRESET",
            "EPIPE",
            "EPROTO",
            "UND_ERR_SOCKET",
            "ERR_SSL_BAD_RECORD_MAC",
            "ERR_TLS_HANDSHAKE_TIMEOUT",
        ] {
            assert_eq!(TransportError::of_node(code.into()), TransportError::Broken(code.into()));
        }
        assert_eq!(TransportError::of_node("ENOTFOUND".into()), TransportError::NotSent("ENOTFOUND".into()));
        assert_eq!(TransportError::of_node("UND_ERR_HEADERS_OVERFLOW".into()), TransportError::TooLong);
    }
}

//! Signing a request of ours: the headers that date, identify and sign it.

use acs3::{CanonicalRequest, Key, authorization, canonical_query, sha256_hex};

use super::{Error, Request};
use crate::secret::Secret;
use crate::time::Timestamp;

/// An access key, long-lived or temporary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The id of the access key: sent with each request, and kept out of messages all the same.
    pub access_key_id: Secret,
    /// The secret of the access key.
    pub access_key_secret: Secret,
    /// The token of temporary credentials.
    pub security_token: Option<Secret>,
}

/// Gives out what requests are signed with. `credentials` implements it.
#[expect(async_fn_in_trait, reason = "the core runs on one thread; no future of it has to be Send")]
pub trait CredentialsProvider {
    /// Credentials that are good for now.
    ///
    /// # Errors
    /// Why there are none.
    async fn credentials(&self) -> Result<Credentials, Error>;

    /// The API calls these expired: they are not given out again. False where no others can be had.
    async fn expired(&self, credentials: &Credentials) -> bool;
}

/// Adds the headers that date, identify and sign a request.
///
/// Each attempt is signed anew: a nonce is good for one request, a date for 15 minutes.
pub fn sign(request: &mut Request, credentials: &Credentials, time: Timestamp, nonce: &str) {
    let payload_hash = sha256_hex(&request.body);
    request.headers.push(("x-acs-date", time.to_string()));
    request.headers.push(("x-acs-signature-nonce", nonce.to_owned()));
    request.headers.push(("x-acs-content-sha256", payload_hash.clone()));
    if let Some(token) = &credentials.security_token {
        request.headers.push(("x-acs-accesskey-id", credentials.access_key_id.expose().to_owned()));
        request.headers.push(("x-acs-security-token", token.expose().to_owned()));
    }
    let query = canonical_query(&request.query);
    let headers = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let canonical =
        CanonicalRequest::new(request.method, request.endpoint.host(), &query, headers, &payload_hash);
    let key = Key::new(credentials.access_key_secret.expose());
    let authorization = authorization(&canonical, credentials.access_key_id.expose(), &key);
    request.headers.push(("authorization", authorization));
}

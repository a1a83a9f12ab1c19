//! Signing a request of ours: the headers that date, identify and sign it.

pub use acs3::*;

use crate::credentials::Credentials;
use crate::http::Request;
use crate::time::Timestamp;

/// Adds the headers that date, identify and sign a request, and returns its canonical query.
///
/// Each attempt is signed anew: a nonce is good for one request, a date for 15 minutes.
pub fn sign(request: &mut Request, credentials: &Credentials, time: Timestamp, nonce: &str) -> String {
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
    query
}

//! ACS3-HMAC-SHA256: the signature of Alibaba Cloud's RPC and ROA requests.
//!
//! Source: "V3 request structure and signature" in Alibaba Cloud's documentation. Pure: time and nonce
//! are parameters. Types are named as the specification names them, and `Display` is what is hashed.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::credentials::Credentials;
use crate::http::Request;
use crate::secret::Secret;
use crate::time::Timestamp;

/// The name of the algorithm.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// RFC 3986: all but letters, digits and `-_.~` is encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Text as a canonical query has it.
pub fn encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
}

/// Query parameters sorted by their unencoded key (code units), encoded and joined.
pub fn canonical_query(query: &[(String, String)]) -> String {
    let mut sorted: Vec<&(String, String)> = Vec::with_capacity(query.len());
    for parameter in query {
        let after = |other: &&(String, String)| other.0.encode_utf16().le(parameter.0.encode_utf16());
        sorted.insert(sorted.partition_point(after), parameter);
    }
    let mut text = String::with_capacity(sorted.iter().map(|(key, value)| key.len() + value.len() + 2).sum());
    for (key, value) in sorted {
        if !text.is_empty() {
            text.push('&');
        }
        text.extend(encode(key));
        text.push('=');
        text.extend(encode(value));
    }
    text
}

/// The canonical request: what of a request is signed, in the one form that both sides derive.
#[derive(Debug)]
pub struct CanonicalRequest<'a> {
    method: &'a str,
    query: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    payload_hash: &'a str,
}

impl<'a> CanonicalRequest<'a> {
    /// Puts the signed headers in order: `host`, `content-type` and all that begin with `x-acs-`.
    pub fn new(
        method: &'a str,
        host: &'a str,
        query: &'a str,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        payload_hash: &'a str,
    ) -> Self {
        let signed = headers
            .into_iter()
            .filter(|(name, _)| *name == "content-type" || name.starts_with("x-acs-"))
            .chain([("host", host)]);
        let mut headers = Vec::new();
        for header in signed {
            headers.insert(headers.partition_point(|other| *other <= header), header);
        }
        Self { method, query, headers, payload_hash }
    }

    /// The names of the signed headers, joined by semicolons.
    pub fn signed_headers(&self) -> String {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        names.join(";")
    }
}

impl fmt::Display for CanonicalRequest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}\n/\n{}\n", self.method, self.query)?;
        for (name, value) in &self.headers {
            writeln!(formatter, "{name}:{}", value.trim())?;
        }
        formatter.write_str("\n")?;
        for (index, (name, _)) in self.headers.iter().enumerate() {
            formatter.write_str(if index == 0 { "" } else { ";" })?;
            formatter.write_str(name)?;
        }
        write!(formatter, "\n{}", self.payload_hash)
    }
}

/// The string to sign: the algorithm and the hash of the canonical request.
#[derive(Debug)]
pub struct StringToSign(String);

impl StringToSign {
    /// Hashes a canonical request.
    pub fn new(canonical: &CanonicalRequest<'_>) -> Self {
        Self(format!("{ALGORITHM}\n{}", sha256_hex(canonical.to_string().as_bytes())))
    }

    /// The signature under the secret of an access key, in lower-case hex.
    pub fn signature(&self, secret: &Secret) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
            // HMAC takes keys of any length (RFC 2104): its constructor's error has no case.
            return String::new();
        };
        mac.update(self.0.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }
}

impl fmt::Display for StringToSign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

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
    let headers = request.headers.iter().map(|(name, value)| (*name, value.as_str()));
    let canonical =
        CanonicalRequest::new(request.method, request.endpoint.host(), &query, headers, &payload_hash);
    let authorization = authorization(&canonical, credentials);
    request.headers.push(("authorization", authorization));
    query
}

/// The `Authorization` header for a canonical request.
pub fn authorization(canonical: &CanonicalRequest<'_>, credentials: &Credentials) -> String {
    format!(
        "{ALGORITHM} Credential={},SignedHeaders={},Signature={}",
        credentials.access_key_id.expose(),
        canonical.signed_headers(),
        StringToSign::new(canonical).signature(&credentials.access_key_secret),
    )
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

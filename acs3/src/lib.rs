//! ACS3-HMAC-SHA256: the signature of Alibaba Cloud's RPC and ROA requests.
//!
//! Source: "V3 request structure and signature" in Alibaba Cloud's documentation. Pure: time and nonce
//! are parameters. Types are named as the specification names them, and `Display` is what is hashed.
//!
//! # Example
//! ```
//! use acs3::{CanonicalRequest, Key, authorization, canonical_query, sha256_hex};
//!
//! let query = canonical_query(&[("RegionId".to_owned(), "cn-hangzhou".to_owned())]);
//! let payload_hash = sha256_hex(b"");
//! let headers = vec![("x-acs-action", "DescribeImages"), ("x-acs-content-sha256", payload_hash.as_str())];
//! let request = CanonicalRequest::new("POST", "ecs.aliyuncs.com", &query, headers, &payload_hash);
//!
//! let header = authorization(&request, "LTAI-example", &Key::new("secret"));
//! assert!(header.starts_with("ACS3-HMAC-SHA256 Credential=LTAI-example,SignedHeaders=host;x-acs-action;"));
//! ```

use std::borrow::Cow;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

/// The name of the algorithm.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// Adds text as a canonical query has it, by RFC 3986: all but letters, digits and `-_.~` is encoded.
///
/// By hand, as [`hex`] is: the crates go by characters and formatters, and took a third of a signature.
fn encode(text: &str, into: &mut Vec<u8>) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            into.push(byte);
        } else {
            into.extend_from_slice(&[b'%', digit(byte >> 4, b'A'), digit(byte & 15, b'A')]);
        }
    }
}

/// Lower-case hex of a hash.
fn hex(hash: &[u8; 32]) -> String {
    let mut text = [0; 64];
    for (digits, byte) in text.as_chunks_mut().0.iter_mut().zip(hash) {
        *digits = [digit(byte >> 4, b'a'), digit(byte & 15, b'a')];
    }
    ascii(text.to_vec())
}

/// The digit of a number below 16; beyond 9 they are letters from `ten`.
fn digit(number: u8, ten: u8) -> u8 {
    number + if number < 10 { b'0' } else { ten - 10 }
}

fn ascii(bytes: Vec<u8>) -> String {
    // What is made of ASCII alone is always text.
    String::from_utf8(bytes).unwrap_or_default()
}

/// A text as it stands in a query. It is allocated once: a secret leaves no copy behind.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = Vec::with_capacity(3 * text.len());
    encode(text, &mut encoded);
    ascii(encoded)
}

/// Query parameters sorted by their unencoded key (code units), encoded and joined.
pub fn canonical_query(query: &[(String, String)]) -> String {
    canonical_pairs(query.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect())
}

/// The same, of borrowed parameters.
fn canonical_pairs(mut query: Vec<(&str, &str)>) -> String {
    sort_by_name(&mut query);
    let mut text = Vec::with_capacity(query.iter().map(|(key, value)| key.len() + value.len() + 2).sum());
    for (key, value) in query {
        if !text.is_empty() {
            text.push(b'&');
        }
        encode(key, &mut text);
        text.push(b'=');
        encode(value, &mut text);
    }
    ascii(text)
}

/// Sorts by the code units of the names.
fn sort_by_name(pairs: &mut [(&str, &str)]) {
    pairs.sort_by(|(one, _), (other, _)| {
        // By bytes where that is the same, which it is for every name of ECS.
        if one.is_ascii() { one.cmp(other) } else { one.encode_utf16().cmp(other.encode_utf16()) }
    });
}

/// Host and canonical query of a URL without a path, as `URL.href` has it; none where it is another one.
pub fn read_url(url: &str) -> Option<(&str, String)> {
    let (_, rest) = url.split_once(':')?;
    let (host, query) = rest.strip_prefix("//")?.split_once('/')?;
    let query = if query.is_empty() { query } else { query.strip_prefix('?')? };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'[' | b']');
    if host.is_empty() || !host.bytes().all(plain) || query.contains('#') {
        return None;
    }
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((decode(key)?, decode(value)?));
    }
    Some((host, canonical_pairs(pairs.iter().map(|(key, value)| (&**key, &**value)).collect())))
}

/// A key or value of a URL's query, decoded; none where it is malformed.
fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (char::from(rest.next()?), char::from(rest.next()?));
                u8::try_from(high.to_digit(16)? * 16 + low.to_digit(16)?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// The canonical request: what of a request is signed, in the one form that both sides derive.
#[derive(Debug)]
pub struct CanonicalRequest<'a> {
    method: &'a str,
    query: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    signed_headers: String,
    payload_hash: &'a str,
}

impl<'a> CanonicalRequest<'a> {
    /// Puts the signed headers in order: `host`, `content-type` and all that begin with `x-acs-`.
    pub fn new(
        method: &'a str,
        host: &'a str,
        query: &'a str,
        mut headers: Vec<(&'a str, &'a str)>,
        payload_hash: &'a str,
    ) -> Self {
        headers.retain(|(name, _)| *name == "content-type" || name.starts_with("x-acs-"));
        headers.push(("host", host));
        sort_by_name(&mut headers);
        let mut signed_headers = String::with_capacity(headers.iter().map(|(name, _)| name.len() + 1).sum());
        for (name, _) in &headers {
            if !signed_headers.is_empty() {
                signed_headers.push(';');
            }
            signed_headers.push_str(name);
        }
        Self { method, query, headers, signed_headers, payload_hash }
    }

    /// The names of the signed headers, joined by semicolons.
    pub fn signed_headers(&self) -> &str {
        &self.signed_headers
    }

    /// The text, without the cost of a formatter.
    fn text(&self) -> String {
        let headers = self.headers.iter().map(|(name, value)| 2 * name.len() + value.len() + 3);
        let length = self.method.len() + self.query.len() + self.payload_hash.len() + 6;
        let mut text = String::with_capacity(length + headers.sum::<usize>());
        for part in [self.method, "\n/\n", self.query, "\n"] {
            text.push_str(part);
        }
        for (name, value) in &self.headers {
            for part in [name, ":", value.trim(), "\n"] {
                text.push_str(part);
            }
        }
        for part in ["\n", self.signed_headers(), "\n", self.payload_hash] {
            text.push_str(part);
        }
        text
    }

    /// The hash of the text, which is wiped where a security token stands in it.
    fn hash(&self) -> String {
        let mut text = self.text();
        let hash = sha256_hex(text.as_bytes());
        if self.headers.iter().any(|(name, _)| *name == "x-acs-security-token") {
            text.zeroize();
        }
        hash
    }
}

impl fmt::Display for CanonicalRequest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}

/// The secret of an access key, prepared to sign with. It is wiped when it is dropped.
#[derive(Clone)]
pub struct Key(Option<Hmac<Sha256>>);

impl Key {
    /// Prepares a secret.
    pub fn new(secret: &str) -> Self {
        // HMAC takes keys of any length (RFC 2104): its constructor's error has no case.
        Self(Hmac::new_from_slice(secret.as_bytes()).ok())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("<secret>")
    }
}

/// The string to sign: the algorithm and the hash of the canonical request.
#[derive(Debug)]
pub struct StringToSign(String);

impl StringToSign {
    /// Hashes a canonical request.
    pub fn new(canonical: &CanonicalRequest<'_>) -> Self {
        let mut text = String::with_capacity(ALGORITHM.len() + 65);
        text.push_str(ALGORITHM);
        text.push('\n');
        text.push_str(&canonical.hash());
        Self(text)
    }

    /// The signature under the secret of an access key, in lower-case hex.
    pub fn signature(&self, key: &Key) -> String {
        let Some(mut mac) = key.0.clone() else { return String::new() };
        mac.update(self.0.as_bytes());
        hex(&mac.finalize().into_bytes().into())
    }
}

impl fmt::Display for StringToSign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The `Authorization` header for a canonical request.
pub fn authorization(canonical: &CanonicalRequest<'_>, access_key_id: &str, key: &Key) -> String {
    [
        ALGORITHM,
        " Credential=",
        access_key_id,
        ",SignedHeaders=",
        canonical.signed_headers(),
        ",Signature=",
        &StringToSign::new(canonical).signature(key),
    ]
    .concat()
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes).into())
}

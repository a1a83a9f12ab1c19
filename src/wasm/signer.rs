//! Signatures for calls that a program or a page sends itself.

use acs3::{CanonicalRequest, Key, authorization, read_url, sha256_hex};
use wasm_bindgen::prelude::*;

use super::errors::malformed_url;
use crate::ecs::VERSION;
use crate::secret::Secret;

/// Signs ECS calls by ACS3-HMAC-SHA256 with an access key that it holds, and that never leaves it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Signer {
    access_key_id: Secret,
    key: Key,
    security_token: Option<Secret>,
    hash_of_nothing: String,
}

#[wasm_bindgen]
impl Signer {
    /// A signer with an access key; with its token, where it is a temporary one.
    #[wasm_bindgen(constructor)]
    pub fn new(access_key_id: String, access_key_secret: String, security_token: Option<String>) -> Self {
        Self {
            access_key_id: Secret::new(access_key_id),
            key: Key::new(Secret::new(access_key_secret).expose()),
            security_token: security_token.map(Secret::new),
            hash_of_nothing: sha256_hex(&[]),
        }
    }

    /// The `authorization` header of a POST to a URL such as
    /// `https://ecs.cn-hangzhou.aliyuncs.com/?RegionId=cn-hangzhou`, as `URL.href` has it, without a body.
    ///
    /// It signs these headers, which have to go along: `x-acs-action`, `x-acs-version` (`2014-05-26`),
    /// `x-acs-date` (such as `2023-10-26T10:22:32Z`), `x-acs-signature-nonce`, `x-acs-content-sha256` (of
    /// nothing), and with a token `x-acs-accesskey-id` and `x-acs-security-token`.
    pub fn authorization(&self, url: &str, action: &str, date: &str, nonce: &str) -> Result<String, JsValue> {
        let (host, query) = read_url(url).ok_or_else(malformed_url)?;
        let mut headers = vec![
            ("x-acs-action", action),
            ("x-acs-version", VERSION),
            ("x-acs-date", date),
            ("x-acs-signature-nonce", nonce),
            ("x-acs-content-sha256", &self.hash_of_nothing),
        ];
        if let Some(token) = &self.security_token {
            headers.push(("x-acs-security-token", token.expose()));
            headers.push(("x-acs-accesskey-id", self.access_key_id.expose()));
        }
        let canonical = CanonicalRequest::new("POST", host, &query, headers, &self.hash_of_nothing);
        Ok(authorization(&canonical, self.access_key_id.expose(), &self.key))
    }
}

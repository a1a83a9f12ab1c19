//! Text that is wiped when it is dropped and never shown, and text that looks as if it should be.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::json;
use crate::value::Value;

/// What stands in a text in place of a secret.
pub const HIDDEN: &str = "<secret>";

/// A secret. Its memory is overwritten when it is dropped; `Debug` shows none of it.
///
/// A copy that JavaScript holds cannot be wiped: its strings are immutable.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over, without a copy.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself: only for signing and sending.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HIDDEN)
    }
}

/// A value whose texts are wiped when it is dropped: a profile, a response that holds credentials.
#[derive(Clone, Default)]
pub struct SecretValue(Value);

impl SecretValue {
    /// Reads JSON; nothing where it is none.
    pub fn read(json: &[u8]) -> Option<Self> {
        json::read(json).map(Self)
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The value under a key; missing where there is none.
    pub fn get(&self, key: &str) -> &Value {
        self.0.get(key)
    }

    /// The text under a key; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        self.0.text_at(key)
    }

    /// Sets the value under a key of an object.
    pub fn set(&mut self, key: &str, value: Value) {
        self.0.set(key, value);
    }

    /// Takes the value out: whoever has it has to wipe it.
    pub fn into_inner(mut self) -> Value {
        std::mem::take(&mut self.0)
    }
}

impl From<Value> for SecretValue {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl Drop for SecretValue {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

impl fmt::Debug for SecretValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("<secret>")
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::Text(text) => text.zeroize(),
        Value::List(items) => items.iter_mut().for_each(wipe),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| wipe(value)),
        _ => {}
    }
}

/// Letters of the shortest secret that is taken for one.
const SHORTEST_SECRET: usize = 24;

/// Whether text, or a part of it, has the form of an access key id, an access key secret or a security
/// token.
///
/// Ids of keys begin with `LTAI`, of temporary ones with `STS.`; secrets are 30 letters and digits of
/// both cases; tokens are longer still.
pub fn looks_like_credential(text: &str) -> bool {
    // Most texts are short and have no such beginning in them.
    if text.len() < SHORTEST_SECRET && memchr::memchr2(b'L', b'S', text.as_bytes()).is_none() {
        return false;
    }
    text.split(|c: char| c.is_whitespace() || ":@,;\"'`".contains(c)).any(is_like_credential)
}

fn is_like_credential(part: &str) -> bool {
    let has = |test: fn(&char) -> bool| part.chars().any(|c| test(&c));
    part.starts_with("LTAI")
        || part.starts_with("STS.")
        || part.len() >= SHORTEST_SECRET
            && has(char::is_ascii_uppercase)
            && has(char::is_ascii_lowercase)
            && has(char::is_ascii_digit)
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
}

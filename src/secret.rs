//! Text that is wiped when it is dropped and never shown, and text that looks as if it should be.

use std::fmt;

use zeroize::Zeroizing;

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
        formatter.write_str("<secret>")
    }
}

/// Whether text, or a part of it, has the form of an access key id, an access key secret or a security
/// token.
///
/// Ids of keys begin with `LTAI`, of temporary ones with `STS.`; secrets are 30 letters and digits of
/// both cases; tokens are longer still.
pub fn looks_like_credential(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || ":@,;\"'`".contains(c)).any(is_like_credential)
}

fn is_like_credential(part: &str) -> bool {
    let has = |test: fn(&char) -> bool| part.chars().any(|c| test(&c));
    part.starts_with("LTAI")
        || part.starts_with("STS.")
        || part.len() >= 24
            && has(char::is_ascii_uppercase)
            && has(char::is_ascii_lowercase)
            && has(char::is_ascii_digit)
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
}

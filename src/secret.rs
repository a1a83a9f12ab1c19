//! Text that is wiped when it is dropped and never shown.

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

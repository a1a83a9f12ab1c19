//! The words of each language.

use super::words::{Language, Words};
use super::{en, zh};

impl Language {
    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::En => &en::WORDS,
            Self::Zh => &zh::WORDS,
        }
    }
}

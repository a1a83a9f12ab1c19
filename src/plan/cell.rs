//! Values of a plan as a reader may see them.

use serde::Serialize;

use super::declared::FIRST_TEXT;
use crate::interner::{Interner, Symbol};

/// A value of a plan, or why it is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// Why it is not shown.
    Hidden(Hidden),
}

/// Why a value is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// It is known only during the deployment.
    Unknown,
    /// It is a secret.
    Secret,
    /// It is of a type that it cannot have.
    Malformed,
    /// The file does not hold it.
    Absent,
}

impl Hidden {
    /// Every reason, in the order of the names that stand for them.
    pub const ALL: [Self; FIRST_TEXT as usize] = [Self::Unknown, Self::Secret, Self::Malformed, Self::Absent];
}

/// What a name stands for.
pub fn cell(texts: &Interner, name: Symbol) -> Cell<'_> {
    match Hidden::ALL.get(name as usize) {
        Some(hidden) => Cell::Hidden(*hidden),
        None => Cell::Text(texts.text(name)),
    }
}

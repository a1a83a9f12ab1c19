//! What became of one account of an operation.

use crate::api::Error;
use crate::ecs::Share;

/// What became of one account that was to be added or removed.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is as asked: its share after an addition, none after a removal.
    Settled(Option<Share>),
    /// It was as asked before, by a list that was read since: nothing was sent for it.
    Existing(Option<Share>),
    /// The API refused it, and nothing changed.
    Refused(Error),
    /// Nothing was sent for it, since something failed before.
    NotSent(Error),
    /// It was sent, and nobody knows whether it had its effect.
    InDoubt(Error),
    /// The caller sees no such image: it is gone, or another account's.
    NoImage,
}

impl Outcome {
    /// Why it is not as asked.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) | Self::NotSent(error) | Self::InDoubt(error) => Some(error),
            Self::Settled(_) | Self::Existing(_) | Self::NoImage => None,
        }
    }
}

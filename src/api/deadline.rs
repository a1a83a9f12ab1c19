//! Until when an operation may go on.

use std::cell::Cell;

use crate::time::Instant;

/// Until when an operation of one call or several may go on.
///
/// By default it is set by the first call, once that has its turn: to wait behind others is no failure.
#[derive(Debug, Default)]
pub struct Deadline(Cell<Option<Instant>>);

impl Deadline {
    /// The moment, set now where there is none.
    pub(super) fn or_set(&self, moment: impl FnOnce() -> Instant) -> Instant {
        let deadline = self.0.get().unwrap_or_else(moment);
        self.0.set(Some(deadline));
        deadline
    }
}

impl From<Option<Instant>> for Deadline {
    fn from(moment: Option<Instant>) -> Self {
        Self(Cell::new(moment))
    }
}

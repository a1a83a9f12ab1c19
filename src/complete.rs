//! A list that was read to its end.

/// A list that was read to its end: only of such a list may absence be concluded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete<T>(Vec<T>);

impl<T> Complete<T> {
    /// Takes a list whose reader has seen its end.
    pub(crate) fn read_to_its_end(items: Vec<T>) -> Self {
        Self(items)
    }

    /// The items.
    pub fn items(&self) -> &[T] {
        &self.0
    }
}

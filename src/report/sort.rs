//! Sorting by any order, built once: std's, which is made anew for each type and order, weighs 4 KB each time.

use std::cmp::Ordering;

/// Sorts indexes by what they stand for; those that are equal stay in their order.
pub(super) fn sort(indexes: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    indexes.sort_by(|one, other| compare(*one, *other));
}

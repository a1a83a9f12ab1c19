//! Maps whose keys are numbers that are given here, so that nobody outside can choose them to collide: their
//! hashing needs no seed, and does not show in the time that a hundred thousand resources take.

/// A map with numbers as keys.
pub type NumberMap<K, V> = rustc_hash::FxHashMap<K, V>;
/// A set of numbers.
pub type NumberSet<T> = rustc_hash::FxHashSet<T>;

//! A cloud in memory with clocks of its own, and an engine that keeps states: scripted faults, no network, no
//! waiting.

#![allow(dead_code, reason = "the benchmarks use a part")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

pub mod accounts;
pub mod answers;
pub mod api;
pub mod clock;
pub mod cloud;
pub mod fault;
pub mod plans;
pub mod random;
pub mod resources;
pub mod shares;
pub mod stack;
pub mod world;

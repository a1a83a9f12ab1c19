//! A cloud in memory with a clock of its own: scripted faults, no network, no waiting.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

pub mod answers;
pub mod api;
pub mod cloud;
pub mod fault;
pub mod sets;
pub mod shares;
pub mod world;

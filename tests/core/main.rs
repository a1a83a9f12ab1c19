//! The core against a cloud in memory: one binary, since each takes longer to link than its tests to run.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]
#![allow(missing_docs, reason = "tests are named after what must hold")]

#[path = "../../fuzz/checks/mod.rs"]
mod fuzz_checks;
mod support;

mod batches;
mod client;
mod diff;
mod doubt;
mod fuzzing;
mod identity;
mod listing;
mod plan;
mod plan_input;
mod policy;
mod rules;
mod settings;
mod share_id;
mod sign;
mod strangers;

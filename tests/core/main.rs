//! The core against a cloud in memory: one binary, since each takes longer to link than its tests to run.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]
#![allow(missing_docs, reason = "tests are named after what must hold")]

mod batches;
mod client;
mod diff;
mod doubt;
mod failed_in_part;
mod gathering;
mod limit;
mod listing;
mod model;
mod preflight;
mod robust;
mod scope;
mod set_model;
mod sets;
mod share_id;
mod states;
mod strangers;
mod support;
mod waiting;

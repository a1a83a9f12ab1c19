//! The core against a cloud in memory: one binary, since each takes longer to link than its tests to run.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]
#![allow(missing_docs, reason = "tests are named after what must hold")]

mod adopt;
mod adoption;
mod advice;
mod awaited;
mod batches;
mod client;
mod credentials;
mod credentials_in_force;
mod diff;
mod doubt;
mod failed_in_part;
mod fuzzing;
mod gathering;
mod limit;
mod listing;
mod model;
mod plan;
mod plan_adoption;
mod plan_faults;
mod plan_input;
mod plan_runs;
mod policy;
mod preflight;
mod report;
mod robust;
mod rules;
mod scope;
mod secret_inputs;
mod set_model;
mod sets;
mod settings;
mod share_id;
mod sign;
mod states;
mod strangers;
mod support;
mod terraform;
mod unknown_regions;
mod waiting;

//! `cargo bench`: what the algorithms of the core cost, without wasm and without a network.

mod batch;
mod rules;
mod sign;
#[path = "../../tests/core/support/mod.rs"]
mod support;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

/// Short: the whole run is to take less than a minute.
fn quick() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .without_plots()
}

criterion_group! {
    name = benches;
    config = quick();
    targets = sign::bench, rules::bench, batch::bench
}
criterion_main!(benches);

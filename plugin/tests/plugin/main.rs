//! The plugin over its own port, without an engine.

mod cancelling;
mod configuring;
mod engine;
mod fuzzing;
mod lifetime;
mod naming;
mod protocol;
mod support;

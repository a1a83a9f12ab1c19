//! The plugin over its own port, without an engine.

mod cancelling;
mod configuring;
mod engine;
mod fuzzing;
mod hosts;
mod lifetime;
mod naming;
mod network;
mod protocol;
mod support;

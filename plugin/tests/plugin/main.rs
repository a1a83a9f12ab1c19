//! The plugin over its own port, without an engine.

mod cancelling;
mod configuring;
mod fuzzing;
mod lifetime;
mod protocol;
mod support;

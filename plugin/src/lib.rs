//! The native Pulumi plugin: it decodes what the engine sends, hands it to the core, and encodes the answer.
//! It holds no rule of its own.

pub mod connector;
pub mod core;
pub mod engine_log;
pub mod failure;
pub mod host;
pub mod http;
pub mod lifetime;
pub mod protocol;
pub mod proxy;
pub mod resource;
pub mod schema;
pub mod server;
pub mod service;
pub mod settings;
pub mod stop;
pub mod wire;
pub mod worker;

/// The version of the plugin, its schema and its SDKs.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

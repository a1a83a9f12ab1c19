//! Share Alibaba Cloud custom images with other accounts: the rules, the diff, the signature and the
//! calls. Plain Rust without network, clock or JavaScript; `wasm` alone knows those.

pub mod account;
pub mod credentials;
pub mod diagnostic;
pub mod diff;
pub mod ecs;
pub mod error;
pub mod http;
pub mod image;
pub mod input;
pub mod limit;
pub mod names;
pub mod pace;
pub mod plan;
pub mod policy;
pub mod preflight;
pub mod provider;
pub mod region;
pub mod register;
pub mod report;
pub mod resource_type;
pub mod retry;
pub mod rules;
pub mod secret;
pub mod settings;
pub mod share_id;
pub mod share_set;
pub mod sign;
pub mod time;
pub mod value;
#[cfg(target_arch = "wasm32")]
mod wasm;

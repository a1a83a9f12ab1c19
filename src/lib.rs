//! Share Alibaba Cloud custom images with other accounts: the rules, the diff, the signature and the
//! calls. Plain Rust without network, clock or JavaScript; `wasm` alone knows those.

// Values.
pub mod account;
pub mod address_book;
pub mod complete;
pub mod hash;
pub mod image;
pub mod interner;
pub mod json;
pub mod known;
pub mod naming;
pub mod region;
pub mod secret;
pub mod setting_names;
pub mod share_id;
pub mod spelling;
pub mod time;
pub mod value;
pub mod wiping;
// What a person reads.
pub mod diagnostic;
// Judgement without I/O.
pub mod rules;
// What is kept between runs.
pub mod state;
// Calls.
pub mod api;
pub mod credentials;
pub mod ecs;
pub mod shares;
pub mod sts;
// The provider.
pub mod provider;
pub mod settings;
// Plans, policies and migrations.
#[cfg(any(not(target_arch = "wasm32"), feature = "adopt"))]
pub mod adopt;
pub mod engine_files;
pub mod plan;
pub mod policy;
// What a person sees of them.
pub mod report;
// JavaScript.
#[cfg(target_arch = "wasm32")]
mod wasm;

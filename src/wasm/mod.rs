//! The wall: the only module that knows JavaScript.
//!
//! Option objects cross by serde, response bodies as bytes, errors as `Error`s with `name` and `code`.
//! Methods take `&self`: an exported `&mut self` that awaits panics when it is called again meanwhile.
//!
//! It makes seven `.wasm` files, by feature: `provider` for programs, `command` for the commands that read an
//! account, `plan` for the command's reports, `page` for the page, `policy` for policy packs, `adopt` for
//! migrations and `signer` for signatures alone. Only in the first two is there anything that could send.

#[cfg(feature = "adopt")]
mod adopt;
#[cfg(feature = "provider")]
mod call;
#[cfg(feature = "command")]
mod command;
mod errors;
#[cfg(feature = "calls")]
mod fetch;
#[cfg(feature = "calls")]
mod host;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "plan")]
mod plan;
#[cfg(feature = "policy")]
mod policy;
#[cfg(feature = "provider")]
mod provider;
#[cfg(feature = "reports")]
mod report;
#[cfg(feature = "calls")]
mod settings;
#[cfg(feature = "provider")]
mod shapes;
#[cfg(feature = "signer")]
mod signer;
#[cfg(any(feature = "calls", feature = "policy", feature = "adopt"))]
mod values;

/// Only what calls the API has credentials.
#[cfg(feature = "calls")]
#[global_allocator]
static ALLOCATOR: crate::wiping::Wiping<std::alloc::System> = crate::wiping::Wiping(std::alloc::System);

//! The wall: the only module that knows JavaScript.
//!
//! Option objects cross by serde, response bodies as bytes, errors as `Error`s with `name` and `code`.
//! Methods take `&self`: an exported `&mut self` that awaits panics when it is called again meanwhile.
//!
//! It makes five `.wasm` files, by feature: `provider` for programs, `plan` for the command's reports, `page` for the
//! page, `policy` for policy packs and `adopt` for migrations. Only in the first is there anything that could send.

#[cfg(feature = "adopt")]
mod adopt;
#[cfg(feature = "provider")]
mod call;
mod errors;
#[cfg(feature = "provider")]
mod fetch;
#[cfg(feature = "provider")]
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
#[cfg(feature = "provider")]
mod settings;
#[cfg(feature = "provider")]
mod shapes;
#[cfg(feature = "provider")]
mod signer;
#[cfg(any(feature = "provider", feature = "policy", feature = "adopt"))]
mod values;

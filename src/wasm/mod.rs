//! The wall: the only module that knows JavaScript.
//!
//! Option objects cross by serde, response bodies as bytes, errors as `Error`s with `name` and `code`.
//! Methods take `&self`: an exported `&mut self` that awaits panics when it is called again meanwhile.
//!
//! It makes six `.wasm` files, by feature: `provider` for programs, `command` for the commands that read an
//! account, `plan` for reports, `policy` for policy packs, `adopt` for migrations and `signer` for signatures
//! alone. In the last four there is nothing that could send anything.

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
#[cfg(feature = "plan")]
mod plan;
#[cfg(feature = "policy")]
mod policy;
#[cfg(feature = "provider")]
mod provider;
#[cfg(feature = "calls")]
mod settings;
#[cfg(feature = "provider")]
mod shapes;
#[cfg(feature = "signer")]
mod signer;
#[cfg(any(feature = "adopt", feature = "calls", feature = "plan", feature = "policy"))]
mod values;

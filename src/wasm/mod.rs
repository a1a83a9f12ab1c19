//! The wall: the only module that knows JavaScript.
//!
//! Option objects cross by serde, response bodies as bytes, errors as `Error`s with `name` and `code`.
//! Methods take `&self`: an exported `&mut self` that awaits panics when it is called again meanwhile.
//!
//! It makes four `.wasm` files, by feature: `provider` for programs, `plan` for reports, `policy` for policy packs
//! and `adopt` for migrations. In the last three there is nothing that could send anything.

#[cfg(feature = "adopt")]
mod adopt;
#[cfg(feature = "provider")]
mod call;
mod errors;
#[cfg(feature = "provider")]
mod fetch;
#[cfg(feature = "provider")]
mod host;
#[cfg(feature = "plan")]
mod plan;
#[cfg(feature = "policy")]
mod policy;
#[cfg(feature = "provider")]
mod provider;
#[cfg(feature = "provider")]
mod settings;
#[cfg(feature = "provider")]
mod shapes;
#[cfg(feature = "provider")]
mod signer;
mod values;

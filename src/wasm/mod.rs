//! The wall: the only module that knows JavaScript.
//!
//! Option objects cross by serde, response bodies as bytes, errors as `Error`s with `name` and `code`.
//! Methods take `&self`: an exported `&mut self` that awaits panics when it is called again meanwhile.
//!
//! It makes three `.wasm` files, by feature: `provider` for programs, `plan` for reports and `policy` for policy
//! packs. In the last two there is nothing that could send anything.

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

//! The wall: the only module that knows JavaScript.
//!
//! Option objects cross by serde, response bodies as bytes, errors as `Error`s with `name` and `code`.
//! Methods take `&self`: an exported `&mut self` that awaits panics when it is called again meanwhile.
//!
//! It makes two modules, by feature: `provider` for programs, and `plan` for reports, in which there is
//! nothing that could send anything.

mod errors;
#[cfg(feature = "provider")]
mod fetch;
#[cfg(feature = "plan")]
mod plan;
#[cfg(feature = "provider")]
mod policy;
#[cfg(feature = "provider")]
mod provider;
#[cfg(feature = "provider")]
mod register;
#[cfg(feature = "provider")]
mod settings;
#[cfg(feature = "provider")]
mod shapes;
mod signer;
mod values;

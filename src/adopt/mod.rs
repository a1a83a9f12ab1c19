//! Moving in: a state becomes another state, an import file and the text of a program, and so does a list of
//! the images that an account shares. Nothing is sent, and no secret is decrypted.

mod deployment;
mod found;
mod import_file;
mod inventory;
mod migrate;
mod options;
pub mod package;
mod program;
mod provider_resource;
mod reshape;
mod rewrite;
mod terraform;
mod urn;

pub use inventory::{Adopted, adopt};
pub use migrate::{Left, Migration, Move, ResourceReference, migrate};
pub use options::Options;
pub use program::Language;

//! Where credentials come from, and sessions that renew them.

mod identity;
mod session;
mod sources;
mod text;

pub use identity::{CredentialsSource, Identity, Places};
pub use session::Session;
pub use text::{flaw, trimmed};

//! Where credentials come from, and sessions that renew them.

mod identity;
mod session;

pub use identity::{CredentialsSource, Identity};
pub use session::Session;

//! What requests are signed with, and where it comes from.

mod identity;
mod session;

pub use identity::{CredentialsSource, Identity, Role};
pub use session::{Session, Sessions};

use crate::secret::Secret;
use crate::time::Timestamp;

/// An access key, long-lived or temporary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The id of the access key: sent with each request, and kept out of messages all the same.
    pub access_key_id: Secret,
    /// The secret of the access key.
    pub access_key_secret: Secret,
    /// The token of temporary credentials.
    pub security_token: Option<Secret>,
}

/// Credentials as a source gives them out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The credentials.
    pub credentials: Credentials,
    /// When they end; none where that is not known or they do not.
    pub expires: Option<Timestamp>,
}

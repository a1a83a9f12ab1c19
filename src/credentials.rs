//! What requests are signed with.

use crate::secret::Secret;

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

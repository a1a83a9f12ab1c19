//! ModifyImageSharePermission: shares an image with accounts, or revokes shares.

use super::action;
use crate::account::AccountId;
use crate::api::{Action, Client, CredentialsProvider, Error, Transport};
use crate::image::ImageId;
use crate::rules::ACCOUNTS_PER_CALL;

/// The action.
pub const MODIFY_IMAGE_SHARE_PERMISSION: Action = action("ModifyImageSharePermission", true);

/// Whether accounts are added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modification {
    /// The image is shared with the accounts.
    Add,
    /// It no longer is.
    Remove,
}

impl Modification {
    fn parameter(self) -> &'static str {
        match self {
            Self::Add => "AddAccount",
            Self::Remove => "RemoveAccount",
        }
    }
}

/// Adds or removes up to [`ACCOUNTS_PER_CALL`] accounts.
///
/// # Errors
/// The call's. [`CallError::may_have_happened`] is true if the outcome is unknown.
///
/// [`CallError::may_have_happened`]: crate::api::CallError::may_have_happened
pub async fn modify_image_share_permission<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    image: &ImageId,
    change: Modification,
    accounts: &[AccountId],
) -> Result<(), Error> {
    let mut parameters = vec![("ImageId".to_owned(), image.to_string())];
    for (index, account) in accounts.iter().take(ACCOUNTS_PER_CALL).enumerate() {
        parameters.push((format!("{}.{}", change.parameter(), index + 1), account.to_string()));
    }
    // The response has a request id and nothing else: one without is not the API's.
    client
        .call(MODIFY_IMAGE_SHARE_PERMISSION, &parameters, |answer| {
            answer.get("RequestId").text().map(|_| ()).ok_or(("RequestId", "a string"))
        })
        .await
}

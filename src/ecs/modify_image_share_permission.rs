//! ModifyImageSharePermission: shares an image with accounts, or ends it.

use super::{Action, Client};
use crate::account::AccountId;
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;

/// The most accounts a call takes: the API ignores the rest without a word.
pub const MAX_ACCOUNTS_A_CALL: usize = 10;

/// Whether accounts come or go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The image is shared with the accounts.
    Add,
    /// It no longer is.
    Remove,
}

impl Change {
    fn parameter(self) -> &'static str {
        match self {
            Self::Add => "AddAccount",
            Self::Remove => "RemoveAccount",
        }
    }
}

impl<T: Transport> Client<T> {
    /// Adds or removes up to [`MAX_ACCOUNTS_A_CALL`] accounts.
    ///
    /// # Errors
    /// The call's. When there was no response, whether the accounts changed is not known.
    pub async fn modify_image_share_permission(
        &self,
        image: &ImageId,
        change: Change,
        accounts: &[AccountId],
    ) -> Result<(), Error> {
        let mut parameters = vec![("ImageId".to_owned(), image.to_string())];
        for (index, account) in accounts.iter().take(MAX_ACCOUNTS_A_CALL).enumerate() {
            parameters.push((format!("{}.{}", change.parameter(), index + 1), account.to_string()));
        }
        // The answer has a request id and nothing else: one without is not the API's.
        self.call(Action::ModifyImageSharePermission, &parameters, |answer| {
            answer.get("RequestId").text().map(|_| ()).ok_or(("RequestId", "a string"))
        })
        .await
    }
}

//! DescribeImageSharePermission: the accounts that an image is shared with.

use serde::{Deserialize, Serialize};

use super::{Action, Client, PAGE_SIZE};
use crate::account::AccountId;
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;

/// One account that an image is shared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// The account.
    pub account_id: AccountId,
    /// Since when, such as `2023-01-01T12:05:00Z`; empty where the API does not say.
    pub shared_time: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    total_count: usize,
    accounts: Accounts,
}

#[derive(Deserialize)]
struct Accounts {
    #[serde(rename = "Account", default)]
    account: Vec<Account>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Account {
    aliyun_id: String,
    #[serde(default)]
    shared_time: String,
}

impl<T: Transport> Client<T> {
    /// Every account that an image is shared with, in the API's order; none when there is no such image.
    ///
    /// # Errors
    /// The call's.
    pub async fn describe_image_share_permission(
        &self,
        image: &ImageId,
    ) -> Result<Option<Vec<Share>>, Error> {
        let mut shares: Vec<Share> = Vec::new();
        for page_number in 1.. {
            let parameters = vec![
                ("ImageId".to_owned(), image.to_string()),
                ("PageNumber".to_owned(), page_number.to_string()),
                ("PageSize".to_owned(), PAGE_SIZE.to_string()),
            ];
            let page: Page = match self.call(Action::DescribeImageSharePermission, parameters).await {
                Ok(page) => page,
                Err(error) if super::codes::is_image_not_found(error.code()) => return Ok(None),
                Err(error) => return Err(error),
            };
            let full = page.accounts.account.len() >= PAGE_SIZE;
            for account in page.accounts.account {
                let Ok(account_id) = AccountId::parse(&account.aliyun_id) else { continue };
                if shares.iter().all(|known| known.account_id != account_id) {
                    shares.push(Share { account_id, shared_time: account.shared_time });
                }
            }
            if !full || page_number * PAGE_SIZE >= page.total_count {
                break;
            }
        }
        Ok(Some(shares))
    }
}

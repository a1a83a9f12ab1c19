//! DescribeImageSharePermission: the accounts that an image is shared with.

use super::client::Expected;
use super::{Action, Client, PAGE_SIZE, codes};
use crate::account::AccountId;
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::value::Value;

/// One account that an image is shared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The account.
    pub account_id: AccountId,
    /// Since when, such as `2023-01-01T12:05:00Z`; empty where the API does not say.
    pub shared_time: String,
}

/// One page: its entries, and how many there are on all pages.
struct Page {
    total_count: usize,
    entries: Vec<Share>,
}

fn read_page(answer: &Value) -> Result<Page, Expected> {
    let Value::Whole(total_count) = *answer.get("TotalCount") else {
        return Err(("TotalCount", "a number"));
    };
    let Value::List(accounts) = answer.get("Accounts").get("Account") else {
        return Err(("Accounts.Account", "a list"));
    };
    let entries = accounts.iter().map(|account| -> Result<Share, Expected> {
        let account_id = account.get("AliyunId").text().and_then(|id| AccountId::parse(id).ok());
        let account_id = account_id.ok_or(("Accounts.Account.AliyunId", "an account id"))?;
        Ok(Share { account_id, shared_time: account.text_at("SharedTime").to_owned() })
    });
    Ok(Page { total_count: total_count as usize, entries: entries.collect::<Result<_, _>>()? })
}

/// How often a list that shifts while it is read is read anew before what was seen of it is taken.
const PASSES: usize = 5;

impl<T: Transport> Client<T> {
    /// Every account that an image is shared with, in the API's order; none when there is no such image.
    ///
    /// A list that changes between two of its pages may hide an account at their border. It is read again
    /// until its count holds; what any pass saw is kept, so that nothing is taken for absent that was there.
    ///
    /// # Errors
    /// The call's.
    pub async fn describe_image_share_permission(
        &self,
        image: &ImageId,
    ) -> Result<Option<Vec<Share>>, Error> {
        let mut seen = Vec::new();
        for _ in 0..PASSES {
            let Some((pass, steady)) = self.read_pages(image).await? else { return Ok(None) };
            if steady {
                return Ok(Some(pass));
            }
            for share in pass {
                add(&mut seen, share);
            }
        }
        Ok(Some(seen))
    }

    /// One pass over all pages, and whether its count held.
    async fn read_pages(&self, image: &ImageId) -> Result<Option<(Vec<Share>, bool)>, Error> {
        let mut shares: Vec<Share> = Vec::new();
        let mut count = None;
        let mut steady = true;
        for number in 1.. {
            let parameters = [
                ("ImageId".to_owned(), image.to_string()),
                ("PageNumber".to_owned(), number.to_string()),
                ("PageSize".to_owned(), PAGE_SIZE.to_string()),
            ];
            let page = match self.call(Action::DescribeImageSharePermission, &parameters, read_page).await {
                Ok(page) => page,
                Err(error) if codes::is_image_not_found(error.code()) => return Ok(None),
                Err(error) => return Err(error),
            };
            steady &= count.replace(page.total_count).is_none_or(|before| before == page.total_count);
            let entries = page.entries.len();
            for share in page.entries {
                steady &= add(&mut shares, share);
            }
            // An empty page ends it whatever the count says, so that no answer makes this go on for ever.
            if entries == 0 || number * PAGE_SIZE >= page.total_count {
                steady &= shares.len() == page.total_count;
                break;
            }
        }
        Ok(Some((shares, steady)))
    }
}

/// Adds a share unless its account is there already, and says whether it did.
fn add(shares: &mut Vec<Share>, share: Share) -> bool {
    let new = shares.iter().all(|known| known.account_id != share.account_id);
    if new {
        shares.push(share);
    }
    new
}

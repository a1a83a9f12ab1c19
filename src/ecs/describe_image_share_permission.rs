//! DescribeImageSharePermission: the accounts that an image is shared with.

use super::{PAGE_SIZE, action};
use crate::account::AccountId;
use crate::api::{Action, Client, CredentialsProvider, Deadline, Error, Expected, Transport};
use crate::complete::Complete;
use crate::diagnostic::{Code, Diagnostic};
use crate::image::ImageId;
use crate::value::Value;

/// The action.
pub const DESCRIBE_IMAGE_SHARE_PERMISSION: Action = action("DescribeImageSharePermission", false);

/// A share of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The account.
    pub account_id: AccountId,
    /// Since when, as the API says it: `2023-01-01T12:05:00Z`; empty where it does not.
    pub shared_time: String,
}

/// Who has an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Every share, in the API's order.
    Shares(Complete<Share>),
    /// The caller sees no such image: it is gone, or another account's.
    NoImage,
}

impl Listing {
    /// The shares; none where there is no image.
    pub fn shares(&self) -> &[Share] {
        match self {
            Self::Shares(shares) => shares.items(),
            Self::NoImage => &[],
        }
    }

    /// The share of an account, where there is one.
    pub fn find(&self, account: &AccountId) -> Option<&Share> {
        self.shares().iter().find(|share| share.account_id == *account)
    }

    /// The accounts.
    pub fn accounts(&self) -> Vec<AccountId> {
        self.shares().iter().map(|share| share.account_id.clone()).collect()
    }
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
    let total_count = usize::try_from(total_count).unwrap_or(usize::MAX);
    let Value::List(accounts) = answer.get("Accounts").get("Account") else {
        return Err(("Accounts.Account", "a list"));
    };
    let entries = accounts.iter().map(|account| -> Result<Share, Expected> {
        let account_id = account.get("AliyunId").text().and_then(|id| AccountId::parse(id).ok());
        let account_id = account_id.ok_or(("Accounts.Account.AliyunId", "an account id"))?;
        Ok(Share { account_id, shared_time: account.text_at("SharedTime").to_owned() })
    });
    Ok(Page { total_count, entries: entries.collect::<Result<_, _>>()? })
}

/// How often a list that shifts while it is read is read anew.
const PASSES: usize = 5;
/// The most pages of one pass. A raised quota is some hundreds of accounts: this is 100 entries a page for
/// 10 000 of them, or one entry a page for more accounts than any image has had.
const MAX_PAGES: usize = 100;

/// Every account that an image is shared with.
///
/// A list that changes between two of its pages may hide an account at their border. It is read again
/// until one pass is steady: its count held, and it has as many accounts as its count.
///
/// # Errors
/// The call's, within one deadline for all pages; [`Code::ListingIncomplete`] where no pass was steady.
pub async fn list_shares<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    image: &ImageId,
) -> Result<Listing, Error> {
    let deadline = Deadline::default();
    let mut size = PAGE_SIZE;
    for _ in 0..PASSES {
        match read_pages(client, image, size, &deadline).await? {
            Pass::Steady(shares) => return Ok(Listing::Shares(Complete::read_to_its_end(shares))),
            Pass::NoImage => return Ok(Listing::NoImage),
            // A server that puts fewer entries on a page may count its pages by that size.
            Pass::Shifted { served } => size = served.clamp(1, size),
            Pass::Endless => break,
        }
    }
    Err(Diagnostic::new(
        Code::ListingIncomplete,
        "the accounts that image {} is shared with could not be read to the end of their list",
        [image.to_string()],
    )
    .into())
}

/// What one pass over all pages came to.
enum Pass {
    Steady(Vec<Share>),
    /// With the entries that the first page had.
    Shifted {
        served: usize,
    },
    Endless,
    NoImage,
}

async fn read_pages<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    image: &ImageId,
    size: usize,
    deadline: &Deadline,
) -> Result<Pass, Error> {
    let mut shares: Vec<Share> = Vec::new();
    let (mut count, mut served) = (None, size);
    for number in 1..=MAX_PAGES {
        let parameters = [
            ("ImageId".to_owned(), image.to_string()),
            ("PageNumber".to_owned(), number.to_string()),
            ("PageSize".to_owned(), size.to_string()),
        ];
        let page = client.call_until(DESCRIBE_IMAGE_SHARE_PERMISSION, &parameters, deadline, read_page).await;
        let page = match page {
            Ok(page) => page,
            Err(error) if error.is(Code::ApiImageNotFound) => return Ok(Pass::NoImage),
            Err(error) => return Err(error),
        };
        if number == 1 {
            served = page.entries.len();
        }
        let is_steady = count.replace(page.total_count).is_none_or(|before| before == page.total_count);
        // Only an empty page is the last one whatever the count says: a server may cap the size of pages.
        let is_last = page.entries.is_empty();
        let before = shares.len();
        for share in page.entries {
            if shares.iter().all(|known| known.account_id != share.account_id) {
                shares.push(share);
            }
        }
        if is_steady && shares.len() == page.total_count {
            return Ok(Pass::Steady(shares));
        }
        if !is_steady || is_last || shares.len() == before || shares.len() > page.total_count {
            return Ok(Pass::Shifted { served });
        }
    }
    Ok(Pass::Endless)
}

//! How many accounts an image can be shared with, and what to say when it is full.

use crate::account::AccountId;
use crate::diagnostic::Diagnostic;
use crate::image::ImageId;

/// The accounts that an image can be shared with, unless the quota was raised.
///
/// Source: "Quota of users that can be shared per custom image" in the ECS user guide.
pub const ACCOUNTS_AN_IMAGE: usize = 50;

/// The rule's name.
pub const CODE: &str = "image-account-limit";
/// The way out of a full image.
pub const HELP: &str = "end shares that are no longer needed in a deployment before this one, or raise \"Quota of users that can be shared per custom image\" in the quota center and set `alicloud-image-share:accountLimit`; Pulumi ends single shares only after it has made new ones, while an ImageShareSet ends first";

/// The most accounts that a message lists.
const LISTED: usize = 10;

/// What is on an image, what a deployment adds to it, and what it takes from it before it adds.
#[derive(Debug)]
pub struct Count<'a> {
    /// The accounts it is shared with now.
    pub live: &'a [AccountId],
    /// Accounts that come.
    pub added: &'a [AccountId],
    /// Accounts that go before any comes.
    pub removed_first: &'a [AccountId],
    /// Accounts that the program declares, as far as it is known.
    pub declared: &'a [AccountId],
}

impl Count<'_> {
    /// How many accounts come that are not there yet.
    pub fn coming(&self) -> usize {
        self.added.iter().filter(|account| !self.live.contains(account)).count()
    }

    /// How many accounts go first that are there. Who is declared stays.
    pub fn going(&self) -> usize {
        let goes = |account: &&AccountId| self.live.contains(account) && !self.declared.contains(account);
        self.removed_first.iter().filter(goes).count()
    }

    /// The most accounts that the image has during the deployment.
    pub fn peak(&self) -> usize {
        self.live.len() + self.coming() - self.going()
    }

    /// What to say where that is more than the limit.
    pub fn judge(&self, image: &ImageId, limit: usize, property: &'static str) -> Option<Diagnostic> {
        (self.peak() > limit).then(|| {
            let mut message = exceeded(image.as_str(), self.live.len(), self.coming(), self.going(), limit);
            message.push_str(&self.holders());
            Diagnostic::error(CODE, property, message, HELP)
        })
    }

    /// Who has the image. Of an account that the program does not declare, nobody may know.
    fn holders(&self) -> String {
        let foreign: Vec<&AccountId> =
            self.live.iter().filter(|account| !self.declared.contains(account)).collect();
        if self.live.is_empty() {
            String::new()
        } else if foreign.is_empty() {
            format!("; it is shared with {}", list(self.live))
        } else {
            format!("; not declared by this program so far: {}", list(&foreign))
        }
    }
}

/// The numbers of an image that is shared with too many.
pub fn exceeded(image: &str, live: usize, coming: usize, going: usize, limit: usize) -> String {
    let going = match going {
        0 => String::new(),
        going => format!(", ends {going} first"),
    };
    let plural = if live == 1 { "" } else { "s" };
    format!(
        "image {image} is shared with {live} account{plural}, this deployment adds {coming}{going}, and the limit is {limit}"
    )
}

/// Accounts in a sentence, some ten at most.
pub fn list<A: AsRef<str>>(accounts: &[A]) -> String {
    let mut text = String::new();
    for (index, account) in accounts.iter().take(LISTED).enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(account.as_ref());
    }
    if accounts.len() > LISTED {
        text.push_str(&format!(" and {} more", accounts.len() - LISTED));
    }
    text
}

//! How many accounts an image can be shared with.

use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic};
use crate::image::ImageId;

/// The accounts that an image can be shared with, unless the quota was raised.
///
/// Source: "Quota of users that can be shared per custom image" in the ECS user guide.
pub const ACCOUNTS_PER_IMAGE: usize = 50;

/// The most accounts that one write takes: the API ignores the rest without a word.
pub const ACCOUNTS_PER_CALL: usize = 10;

/// The most accounts that a message lists.
const LISTED: usize = 10;

/// The accounts of an image, those that a deployment adds, and those that it removes before it adds.
#[derive(Debug)]
pub struct Count<'a> {
    /// The accounts it is shared with now.
    pub live: &'a [AccountId],
    /// Accounts that are added.
    pub added: &'a [AccountId],
    /// Accounts that are removed before any is added.
    pub removed_first: &'a [AccountId],
    /// Accounts that the program declares, as far as it is known.
    pub declared: &'a [AccountId],
}

impl Count<'_> {
    /// How many accounts are added that the image does not have yet.
    pub fn additions(&self) -> usize {
        self.added.iter().filter(|account| !self.live.contains(account)).count()
    }

    /// How many accounts that the image has are removed first. Declared accounts stay.
    pub fn removals(&self) -> usize {
        let is_removed =
            |account: &&AccountId| self.live.contains(account) && !self.declared.contains(account);
        self.removed_first.iter().filter(is_removed).count()
    }

    /// The most accounts that the image has during the deployment.
    pub fn peak(&self) -> usize {
        self.live.len() + self.additions() - self.removals()
    }

    /// What to say where that is more than the limit. An image that has more than the limit already has a
    /// raised quota, of which nobody knows here: that is a warning.
    pub fn judge(&self, image: &ImageId, limit: usize, property: &'static str) -> Option<Diagnostic> {
        if self.peak() <= limit {
            return None;
        }
        if self.live.len() > limit {
            return Some(exceeded(image.as_str(), self.live.len(), limit).at(property));
        }
        let numbers = sum(self.live.len(), self.additions(), self.removals(), limit);
        let (words, holders) = self.holders();
        Some(
            Diagnostic::new(
                Code::ImageAccountLimit,
                format!("image {{}} {numbers}{words}{{}}"),
                [image.to_string(), holders],
            )
            .at(property),
        )
    }

    /// Who has the image. Nobody may know of an account that the program does not declare.
    fn holders(&self) -> (&'static str, String) {
        let foreign: Vec<&AccountId> =
            self.live.iter().filter(|account| !self.declared.contains(account)).collect();
        if self.live.is_empty() {
            ("", String::new())
        } else if foreign.is_empty() {
            ("; it is shared with ", list(self.live))
        } else {
            ("; accounts that this program does not declare: ", list(&foreign))
        }
    }
}

/// What to say of an image that has more accounts already.
pub fn exceeded(image: &str, live: usize, limit: usize) -> Diagnostic {
    let what = format!(
        "image {{}} has {live} accounts already, more than the limit of {limit}, so that its quota must have been raised"
    );
    Diagnostic::new(Code::LimitExceeded, what, [image.to_owned()])
}

/// The numbers of an image that would have too many accounts, as `would have 51 of 50 accounts: 48 now, 13
/// added, 10 removed first`.
pub fn sum(live: usize, additions: usize, removals: usize, limit: usize) -> String {
    let removed = if removals == 0 { String::new() } else { format!(", {removals} removed first") };
    let peak = (live + additions).saturating_sub(removals);
    format!("would have {peak} of {limit} accounts: {live} now, {additions} added{removed}")
}

/// Accounts in a sentence, some ten at most.
pub fn list<A: AsRef<str>>(accounts: &[A]) -> String {
    let shown: Vec<&str> = accounts.iter().take(LISTED).map(AsRef::as_ref).collect();
    let mut text = shown.join(", ");
    if accounts.len() > LISTED {
        text.push_str(&format!(" and {} more", accounts.len() - LISTED));
    }
    text
}

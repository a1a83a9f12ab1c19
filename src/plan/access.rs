//! Access of an account to an image: what happens to it, and where it moves.

use serde::Serialize;

use crate::interner::Symbol;

/// What happens to the access of an account to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It loses access.
    Lost,
    /// It gains access.
    Gained,
    /// Whether it gains, keeps or loses access is known only during the deployment.
    Pending,
    /// It keeps access, and no resource manages the share any more.
    Left,
    /// It keeps access.
    Kept,
}

/// Every change, in the order of risk.
pub const CHANGES: [Change; 5] = [Change::Lost, Change::Gained, Change::Pending, Change::Left, Change::Kept];

/// One account and one image: access that is gained, lost or kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What happens.
    pub change: Change,
    /// The account.
    pub account: Symbol,
    /// The image, as an index of [`Report::images`].
    pub image: u32,
    /// The resource that declares it, or did.
    pub resource: Symbol,
    /// Its type.
    pub kind: Symbol,
    /// When the account got access, where the file says so.
    pub since: Symbol,
    /// The replacement that it is part of, as an index of [`Report::moves`].
    pub moved: Option<u32>,
    /// The states in which the account had the image, a bit each; 0 where none are compared.
    pub seen: u32,
}

/// Why a replacement matters to those who use the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// The share is left as it is.
    Untouched,
    /// Access is interrupted while the share is made again.
    Interrupted,
    /// The new share ends with the old one.
    LostUntilNext,
    /// The account has both images until the old share is revoked.
    BothImages,
    /// The account has neither image between the two.
    NeitherImage,
    /// Both accounts have access until the old share is revoked.
    BothAccounts,
    /// Neither account has access between the two.
    NeitherAccount,
}

/// Access that moves: from one account to another, or from one image to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The account before and after.
    pub accounts: [Symbol; 2],
    /// The image before and after.
    pub images: [u32; 2],
    /// The resource that is replaced.
    pub resource: Symbol,
    /// Whether the file does not say which goes first.
    pub is_assumed: bool,
    /// What it means for access.
    pub meaning: Meaning,
}

/// How many rows there are of each change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// By [`Change::Lost`].
    pub lost: u32,
    /// By [`Change::Gained`].
    pub gained: u32,
    /// By [`Change::Pending`].
    pub pending: u32,
    /// By [`Change::Left`].
    pub left: u32,
    /// By [`Change::Kept`].
    pub kept: u32,
}

impl Counts {
    /// The count of one change.
    pub fn of(&self, change: Change) -> u32 {
        match change {
            Change::Lost => self.lost,
            Change::Gained => self.gained,
            Change::Pending => self.pending,
            Change::Left => self.left,
            Change::Kept => self.kept,
        }
    }

    /// Counts one more.
    pub fn add(&mut self, change: Change) {
        let count = match change {
            Change::Lost => &mut self.lost,
            Change::Gained => &mut self.gained,
            Change::Pending => &mut self.pending,
            Change::Left => &mut self.left,
            Change::Kept => &mut self.kept,
        };
        *count += 1;
    }

    /// All that is not kept as it was.
    pub fn changed(&self) -> u32 {
        self.lost + self.gained + self.pending + self.left
    }
}

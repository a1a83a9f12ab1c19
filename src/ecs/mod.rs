//! The ECS API: typed actions over one signed call.

mod answer;
mod batch;
mod catalog;
mod client;
pub mod codes;
mod describe_image_share_permission;
mod describe_images;
mod modify_image_share_permission;
mod reader;

use std::fmt;

pub use batch::{Batches, Outcome};
pub use catalog::Catalog;
pub use client::{Ambient, Client};
pub use describe_image_share_permission::Share;
pub use describe_images::Image;
pub use modify_image_share_permission::{Change, MAX_ACCOUNTS_A_CALL};

/// The version of the ECS API.
pub const VERSION: &str = "2014-05-26";

/// The most entries that a page may have.
///
/// Source: `PageSize` of DescribeImageSharePermission and DescribeImages.
pub const PAGE_SIZE: usize = 100;

/// The actions that are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Shares an image with accounts, or ends it.
    ModifyImageSharePermission,
    /// Lists the accounts that an image is shared with.
    DescribeImageSharePermission,
    /// Lists images.
    DescribeImages,
}

impl Action {
    /// Whether it changes anything.
    pub fn is_write(self) -> bool {
        self == Self::ModifyImageSharePermission
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ModifyImageSharePermission => "ModifyImageSharePermission",
            Self::DescribeImageSharePermission => "DescribeImageSharePermission",
            Self::DescribeImages => "DescribeImages",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

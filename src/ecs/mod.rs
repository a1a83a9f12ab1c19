//! The ECS API, and what of STS it takes: typed actions over one signed call.

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
pub use client::{Ambient, Client, Expected, Signer};
pub use describe_image_share_permission::Share;
pub use describe_images::Image;
pub use modify_image_share_permission::{Change, MAX_ACCOUNTS_A_CALL};

/// The version of the ECS API.
pub const VERSION: &str = "2014-05-26";

/// The version of the STS API.
pub const STS_VERSION: &str = "2015-04-01";

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
    /// Gives out temporary credentials of a role (STS).
    AssumeRole,
    /// The same, in exchange for the token of an OIDC provider (STS).
    AssumeRoleWithOidc,
    /// Tells who calls (STS).
    GetCallerIdentity,
}

impl Action {
    /// Whether it changes anything.
    pub fn is_write(self) -> bool {
        self == Self::ModifyImageSharePermission
    }

    /// Whether it is one of STS, which knows no regions.
    pub fn is_sts(self) -> bool {
        matches!(self, Self::AssumeRole | Self::AssumeRoleWithOidc | Self::GetCallerIdentity)
    }

    /// The version of its API.
    pub fn version(self) -> &'static str {
        if self.is_sts() { STS_VERSION } else { VERSION }
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ModifyImageSharePermission => "ModifyImageSharePermission",
            Self::DescribeImageSharePermission => "DescribeImageSharePermission",
            Self::DescribeImages => "DescribeImages",
            Self::AssumeRole => "AssumeRole",
            Self::AssumeRoleWithOidc => "AssumeRoleWithOIDC",
            Self::GetCallerIdentity => "GetCallerIdentity",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

//! The actions of ECS that share images, typed, and its error codes.

mod describe_image_share_permission;
mod describe_images;
mod describe_regions;
mod endpoints;
mod modify_image_share_permission;

pub use describe_image_share_permission::{DESCRIBE_IMAGE_SHARE_PERMISSION, Listing, Share, list_shares};
pub use describe_images::{DESCRIBE_IMAGES, Image, describe_image, describe_own_images};
pub use describe_regions::{DESCRIBE_REGIONS, describe_regions};
pub use endpoints::endpoint;
pub use modify_image_share_permission::{
    MODIFY_IMAGE_SHARE_PERMISSION, Modification, modify_image_share_permission,
};

use crate::api::{Action, Error};
use crate::diagnostic::Code;

/// The version of the ECS API.
pub const VERSION: &str = "2014-05-26";

/// The most entries that a page may have.
///
/// Source: `PageSize` of DescribeImageSharePermission and DescribeImages.
pub const PAGE_SIZE: usize = 100;

const fn action(name: &'static str, is_write: bool) -> Action {
    Action { service: "ecs", name, version: VERSION, is_write, is_regional: true }
}

/// Whether the caller lacks a permission.
pub fn is_forbidden(error: &Error) -> bool {
    [
        Code::ApiForbiddenRam,
        Code::ApiNoPermission,
        Code::ApiForbidden,
        Code::ApiForbiddenNoPermission,
        Code::ApiForbiddenSubUser,
    ]
    .into_iter()
    .any(|code| error.is(code))
}

/// Whether the API refuses one account or some of a call, and the others may go without them.
pub fn is_about_accounts(error: &Error) -> bool {
    error.code().starts_with("InvalidAccount.") || error.is(Code::ApiOtherSite)
}

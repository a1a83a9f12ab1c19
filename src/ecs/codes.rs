//! The API's error codes: what they mean for us, and what a person can do.
//!
//! Source: the error tables of the API reference of 2025-04 and, where it says so, of 2018-19. The API
//! misspells some of its own codes; both spellings are known here.

use crate::limit;

/// The image does not exist in the region.
pub fn is_image_not_found(code: &str) -> bool {
    code == "InvalidImageId.NotFound"
}

/// An account does not exist. On a removal: there is nothing to remove.
pub fn is_account_not_found(code: &str) -> bool {
    code == "InvalidAccount.NotFound"
}

/// The caller lacks the permission.
pub fn is_forbidden(code: &str) -> bool {
    matches!(code, "Forbidden.RAM" | "NoPermission" | "Forbidden")
}

/// The image is shared with as many accounts as it can be.
pub fn is_account_limit(code: &str) -> bool {
    code == "QuotaExceed.ShareImageUser"
}

/// The API refuses one account or some of a call, and the others may go without them.
///
/// The quota counts too: part of a batch may still fit.
pub fn is_about_accounts(code: &str) -> bool {
    code.starts_with("InvalidAccount.") || code == "InvalidImageId.BidMismatch" || is_account_limit(code)
}

/// What a person can do; empty where the API's own message says it all.
pub fn help(code: &str) -> &'static str {
    match code {
        "InvalidImageId.NotFound" => {
            "check the image id, and that the region is the one the image is in: images are shared within their region"
        }
        "InvalidAccount.NotFound" => {
            "check the account id with the account's owner: it is the \"Account ID\" of the main account"
        }
        "InvalidAccount.Forbbiden" | "InvalidAccount.Forbidden" => {
            "the account owns the image: remove the share, the owner can use it as it is"
        }
        code if is_account_limit(code) => limit::HELP,
        "QuotaExceed.ShareImage" => {
            "the account shares as many images as it can: raise the quota in the quota center"
        }
        "Image.Public" | "InvalidParameter.IsPublic" => {
            "a public or community image cannot be shared with accounts"
        }
        "InvalidImageId.BidMismatch" => {
            "the account is of the other site (China and International are apart): share with an account of the image's site"
        }
        "OperationDenied.InvalidImageStatus" => "the image is deprecated: share the one that replaces it",
        "IncorrectImageStatus" => "the image is not available yet: wait until it is, then run it again",
        "AssumeRoleError" => {
            "the image is encrypted: create the role AliyunECSShareEncryptImageDefaultRole in the owner's account, as \"Share encrypted images\" in the ECS documentation has it"
        }
        "InvalidOperation.ServiceKeyEncryptedImageUnsupported" => {
            "the image is encrypted with the service key: copy it with a key of your own (KMS), and share the copy"
        }
        "OperationDeined.FullImage"
        | "OperationDeined.EncryptedSnapshot"
        | "OperationDenied.EncryptedSnapshot" => {
            "an image with encrypted snapshots cannot be shared: make one from disks that are not encrypted"
        }
        "InvalidParameter.KMSKeyId.CMKUnauthorized" | "InvalidParameter.KMSKeyId.CMKNotEnabled" => {
            "the image's key (KMS) is disabled or not authorized: enable it and let ECS use it"
        }
        "InvalidAccessKeyId.NotFound" | "InvalidAccessKeyId.Inactive" => {
            "the access key does not exist or is disabled: check which credentials are in force"
        }
        "SignatureDoesNotMatch" => "the access key secret does not belong to the access key id: check both",
        "InvalidSecurityToken.Expired" => "the temporary credentials have expired: get new ones",
        "InvalidSecurityToken.Malformed" | "InvalidSecurityToken.MismatchWithAccessKey" => {
            "the security token does not belong to the access key: check all three parts of the credentials"
        }
        "InvalidTimeStamp.Expired" => "set the clock of this machine",
        "InvalidRegionId.NotFound" => "check the region",
        "NoPermission" => "let the RAM identity call sts:AssumeRole, and the role's trust policy name it",
        "EntityNotExist.Role" => "check the ARN of the role, such as acs:ram::1234567890123456:role/deployer",
        "Forbidden.RAM" | "Forbidden" => {
            "let the RAM identity call ecs:ModifyImageSharePermission, ecs:DescribeImageSharePermission and ecs:DescribeImages"
        }
        code if is_throttling(code) => "the account calls the API too often: run it again in a minute",
        "ServiceUnavailable" | "InternalError" => "run it again",
        _ => "",
    }
}

/// Throttling in every spelling: `Throttling`, `Throttling.User`, `Throttling.Api`, `Rejected.Throttling`.
pub fn is_throttling(code: &str) -> bool {
    code.contains("Throttling")
}

//! ECS image ids.

use std::fmt;

/// The longest image id accepted; those seen have 22 characters at most.
const LONGEST: usize = 64;

/// What Alibaba Cloud's (and, for one, Amazon's) other ids begin with, and what they name.
const OTHER_RESOURCES: &[(&str, &str)] = &[
    ("i-", "an instance"),
    ("s-", "a snapshot"),
    ("d-", "a disk"),
    ("sg-", "a security group"),
    ("vpc-", "a VPC"),
    ("vsw-", "a vSwitch"),
    ("eni-", "a network interface"),
    ("lt-", "a launch template"),
    ("ss-", "a snapshot policy"),
    ("dds-", "a database"),
    ("ami-", "an Amazon machine image"),
];

/// The id of an image that an account made: `m-` and lower-case letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(String);

impl ImageId {
    /// Reads the id of a custom image.
    ///
    /// # Errors
    /// Says what the text is instead: a public image, a placeholder, another resource.
    pub fn parse(text: &str) -> Result<Self, NotAnImageId> {
        if text.is_empty() {
            return Err(NotAnImageId::Empty);
        }
        let custom = text.strip_prefix("m-");
        let fits = custom.is_some_and(|id| {
            !id.is_empty()
                && text.len() <= LONGEST
                && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        // Nearly all of them, without a search for what else they may be.
        if fits && !text.bytes().any(|byte| byte == b'x') {
            return Ok(Self(text.to_owned()));
        }
        if is_placeholder(text) {
            return Err(NotAnImageId::Placeholder);
        }
        if is_public(text) {
            return Err(NotAnImageId::Public);
        }
        if custom.is_some() {
            return if fits { Ok(Self(text.to_owned())) } else { Err(NotAnImageId::Malformed) };
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAnImageId::Account);
        }
        if let Some((_, id)) = text.split_once(':')
            && Self::parse(id).is_ok()
        {
            return Err(NotAnImageId::WithRegion);
        }
        match OTHER_RESOURCES.iter().find(|(prefix, _)| text.starts_with(prefix)) {
            Some((_, kind)) => Err(NotAnImageId::Other(kind)),
            None => Err(NotAnImageId::Malformed),
        }
    }

    /// The id as the API takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ImageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Documentation masks ids with stars, and people fill in the rest later.
fn is_placeholder(text: &str) -> bool {
    text.contains(['*', '<', '>', '{', '}', '$', '…'])
        || text.contains("...")
        || text
            .strip_prefix("m-")
            .is_some_and(|rest| rest.len() >= 3 && rest.bytes().all(|byte| byte == b'x'))
        || text.to_ascii_lowercase().contains("xxxx")
}

/// Alibaba Cloud's own images are named, such as `centos_7_9_x64_20G_alibase_20230815.vhd`.
fn is_public(text: &str) -> bool {
    text.ends_with(".vhd") || text.starts_with("aliyun_") || text.contains("_alibase_")
}

/// Why a text is not the id of a custom image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnImageId {
    /// No text at all.
    #[error("is empty")]
    Empty,
    /// An image that Alibaba Cloud publishes.
    #[error("is a public image of Alibaba Cloud, which every account can use already")]
    Public,
    /// Copied from documentation and not filled in.
    #[error("is a placeholder and not the id of an image")]
    Placeholder,
    /// The id of something else.
    #[error("is the id of {0}")]
    Other(&'static str),
    /// A region and an id, as Packer prints them: `cn-beijing:m-2ze…`.
    #[error(
        "has a region in front of the image id; write the part behind the colon, and the region as `region`"
    )]
    WithRegion,
    /// Digits only, as account ids are.
    #[error("is an account id and not the id of an image")]
    Account,
    /// Anything else.
    #[error("is not the id of a custom image")]
    Malformed,
}

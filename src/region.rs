//! Regions.

use std::fmt;

/// A region id such as `cn-hangzhou`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

impl Region {
    /// Reads a region id.
    ///
    /// # Errors
    /// [`NotARegion`] for anything but lower-case letters and digits in two or more parts.
    pub fn parse(text: &str) -> Result<Self, NotARegion> {
        let part = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.len() <= 64 && text.contains('-') && text.split('-').all(part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotARegion)
        }
    }

    /// The region that stands for services whose calls name none.
    pub fn central() -> Self {
        Self("cn-hangzhou".into())
    }

    /// The id as the API takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The text is not a region id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a region id such as cn-hangzhou")]
pub struct NotARegion;

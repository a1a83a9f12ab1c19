//! Alibaba Cloud account ids (UID).

use std::fmt;

use crate::value::Value;

/// Digits of every account id issued today; older, shorter ones exist.
///
/// Source: "View the account ID" in the Account Center documentation.
pub const USUAL_DIGITS: usize = 16;

/// The largest number of which JavaScript and JSON lose no digit: 2^53 - 1.
pub const MAX_SAFE_NUMBER: u64 = 9_007_199_254_740_991;

/// The id of a whole account (UID): digits only, kept as text because 16 digits pass 2^53.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(String);

impl AccountId {
    /// Reads an account id.
    ///
    /// # Errors
    /// Says what is wrong with the text when it is not one or more digits.
    pub fn parse(text: &str) -> Result<Self, NotAnAccountId> {
        if text.is_empty() {
            Err(NotAnAccountId::Empty)
        } else if text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Err(NotAnAccountId::LeadingZero)
        } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else if text.starts_with("acs:ram:") {
            Err(NotAnAccountId::RamArn)
        } else if crate::secret::looks_like_credential(text) {
            Err(NotAnAccountId::AccessKey)
        } else if text.contains('@') {
            Err(NotAnAccountId::RamUser)
        } else if text.chars().all(is_digit_or_separator) {
            Err(NotAnAccountId::Separators)
        } else if crate::image::ImageId::parse(text).is_ok() {
            Err(NotAnAccountId::Image)
        } else {
            Err(NotAnAccountId::Letters)
        }
    }

    /// Reads an account id from an input: text, or a whole number of which no digit can be lost.
    pub fn of_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Self::parse(text).ok(),
            Value::Whole(number) if *number <= MAX_SAFE_NUMBER => Self::parse(&number.to_string()).ok(),
            _ => None,
        }
    }

    /// The digits of a text that is an id but for white space around it, or for one kind of separator between
    /// four groups of four: `1886 5085 2989 8586`. Whatever else it is, it may be another id or two of them.
    pub fn tidy(text: &str) -> Option<String> {
        let trimmed = text.trim();
        let groups = [' ', '-', '_'].into_iter().find_map(|separator| {
            let groups: Vec<&str> = trimmed.split(separator).collect();
            let is_group = |group: &&str| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_digit());
            (groups.len() == 4 && groups.iter().all(is_group)).then(|| groups.concat())
        });
        let tidied = groups.unwrap_or_else(|| trimmed.to_owned());
        (tidied != text && Self::parse(&tidied).is_ok()).then_some(tidied)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has as many digits as accounts have today.
    pub fn has_usual_length(&self) -> bool {
        self.0.len() == USUAL_DIGITS
    }
}

impl AsRef<str> for AccountId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What is beyond ASCII and no letter may be invisible, such as a byte order mark.
fn is_digit_or_separator(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || "-_.,".contains(c) || !c.is_ascii() && !c.is_alphanumeric()
}

/// Why a text is not an account id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAccountId {
    /// No text at all.
    #[error("is empty")]
    Empty,
    /// Digits that begin with a zero: a number lost it somewhere, or it was added.
    #[error("begins with a zero, and no account id does")]
    LeadingZero,
    /// Digits with spaces, dashes or the like between or around them.
    #[error("has characters between or around its digits")]
    Separators,
    /// A RAM user, such as `alice@1234567890123456.onaliyun.com`.
    #[error("is the name of a RAM user, and images are shared with whole accounts")]
    RamUser,
    /// A RAM resource name, such as `acs:ram::1234567890123456:role/reader`.
    #[error("is the ARN of a RAM identity, and images are shared with whole accounts")]
    RamArn,
    /// An access key id, secret or token.
    #[error("looks like an access key")]
    AccessKey,
    /// The id of an image.
    #[error("is the id of an image")]
    Image,
    /// Anything else that is not all digits.
    #[error("is not all digits")]
    Letters,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_with_what_is_invisible_around_them_are_not_said_to_be_no_digits() {
        for text in [
            "\u{feff}1886508529898586",
            "1886508529898586\u{200b}",
            "\u{202a}1886508529898586\u{202c}",
            "1886508529898586\u{a0}",
        ] {
            assert_eq!(AccountId::parse(text), Err(NotAnAccountId::Separators), "{text:?}");
        }
        for text in ["188650852989858６", "1.8e15", "x"] {
            assert_eq!(AccountId::parse(text), Err(NotAnAccountId::Letters), "{text}");
        }
    }
}

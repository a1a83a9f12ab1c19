//! The one shape of everything that a person is told.

use std::borrow::Cow;

use serde::Serialize;

/// How much a [`Diagnostic`] weighs: an error stops the deployment, a warning is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is sent to the cloud.
    Error,
    /// The deployment goes on.
    Warning,
}

/// What is wrong, where, and what to do about it.
///
/// Messages are lower case, end without a period, and show what the user wrote in backticks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// Stable name of the rule, such as `account-id-malformed`.
    pub code: &'static str,
    /// Whether it stops the deployment.
    pub severity: Severity,
    /// The input it is about; absent where it is about none in particular.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<Cow<'static, str>>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    /// An error about an input.
    pub fn error(
        code: &'static str,
        property: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            property: Some(property.into()),
            message: message.into(),
            help: help.into(),
        }
    }

    /// A warning about an input.
    pub fn warning(
        code: &'static str,
        property: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, property, message, help) }
    }

    /// Whether it stops the deployment.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Message, remedy and code in one line, as Pulumi shows them behind the property.
    pub fn reason(&self) -> String {
        format!("{}: {} [{}]", self.message, self.help, self.code)
    }
}

/// The longest text of a user's that is repeated in a message.
const SHOWN: usize = 48;

/// What the user wrote, in backticks; or words for it where it may be a secret or is too long.
pub fn quote(text: &str) -> String {
    if looks_like_credential(text) {
        return "a value that looks like an access key (not shown)".into();
    }
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() || c == '`' { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    match clean.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", clean.get(..end).unwrap_or_default()),
        None => format!("`{clean}`"),
    }
}

/// A message without what [`quote`] put into it, for readers who must not see values.
pub fn without_values(message: &str) -> String {
    let mut text = String::new();
    let mut left = message;
    // What is quoted holds no backtick.
    while let Some((before, rest)) = left.split_once('`') {
        text.push_str(before);
        left = rest.split_once('`').map_or("", |(_, after)| after.strip_prefix(' ').unwrap_or(after));
    }
    text.push_str(left);
    text
}

/// Whether text, or a part of it, has the form of an access key id, an access key secret or a security
/// token.
///
/// Ids of keys begin with `LTAI`, of temporary ones with `STS.`; secrets are 30 letters and digits of
/// both cases; tokens are longer still.
pub fn looks_like_credential(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || ":@,;\"'`".contains(c)).any(is_like_credential)
}

fn is_like_credential(part: &str) -> bool {
    let has = |test: fn(&char) -> bool| part.chars().any(|c| test(&c));
    part.starts_with("LTAI")
        || part.starts_with("STS.")
        || part.len() >= 24
            && has(char::is_ascii_uppercase)
            && has(char::is_ascii_lowercase)
            && has(char::is_ascii_digit)
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_key_is_not_repeated() {
        for key in [
            "LTAI5tExample",
            "STS.NUexample",
            "Zk9QxN3mPLvTqYw7RbA2cJ5dHs8fGe",
            " LTAI5tExample",
            "m-bp1one:LTAI5tExample",
            "key=x, Zk9QxN3mPLvTqYw7RbA2cJ5dHs8fGe",
        ] {
            assert_eq!(quote(key), "a value that looks like an access key (not shown)");
        }
    }

    #[test]
    fn what_the_user_wrote_is_shown_bounded_and_without_control_characters() {
        assert_eq!(quote("my team"), "`my team`");
        assert_eq!(quote("a\u{1b}[31m`b"), "`a\u{fffd}[31m\u{fffd}b`");
        assert_eq!(quote(&"中".repeat(60)), format!("`{}…`", "中".repeat(48)));
    }
}

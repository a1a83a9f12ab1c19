//! Text of a user's in a message.

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

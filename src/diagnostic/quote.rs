//! Text of a user's in a message.

use crate::secret::looks_like_credential;

/// The longest text of a user's that is repeated in a message.
const SHOWN: usize = 48;

/// What the user wrote, in backticks; or words for it where it may be a secret or is too long.
pub fn quote(text: &str) -> String {
    if looks_like_credential(text) {
        return "a value that looks like an access key (not shown)".into();
    }
    let clean: String = text
        .chars()
        .map(|c| if is_invisible(c) || c == '`' { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    match clean.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", clean.get(..end).unwrap_or_default()),
        None => format!("`{clean}`"),
    }
}

/// Whether a character shows nothing, or turns the direction of others: a control character, a soft hyphen, a
/// zero-width space, a mark of the direction of writing, a byte order mark. Not those that join letters of words.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
        )
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
        assert_eq!(quote("12\u{200b}34\u{202e}56\u{feff}"), "`12\u{fffd}34\u{fffd}56\u{fffd}`");
        assert_eq!(quote("می\u{200c}خواهم"), "`می\u{200c}خواهم`");
        assert_eq!(quote(&"中".repeat(60)), format!("`{}…`", "中".repeat(48)));
    }
}

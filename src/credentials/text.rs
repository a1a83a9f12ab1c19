//! The text of keys, secrets and tokens: what copying and files put around and into it.

use crate::diagnostic::is_invisible;

/// White space, and what is as invisible; joiners too, which no key has.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// A text without what is blank at its ends, and without the quotes that a `.env` file put around it.
pub fn trimmed(text: &str) -> &str {
    let text = text.trim_matches(is_blank);
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) {
            return inner.trim_matches(is_blank);
        }
    }
    text
}

/// What no key, secret or token has in it, in a sentence: `a line break`.
pub fn flaw(text: &str) -> Option<&'static str> {
    text.chars().find_map(|c| match c {
        '\n' | '\r' => Some("a line break"),
        '\t' => Some("a tab"),
        ' ' => Some("a space"),
        '"' | '\'' => Some("a quotation mark"),
        _ if is_blank(c) => Some("an invisible character"),
        _ if !c.is_ascii() => Some("a character other than ASCII"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_invisible_or_a_quote_is_trimmed_at_the_ends() {
        for text in [
            "LTAIkey",
            " LTAIkey",
            "LTAIkey\r\n",
            "\u{feff}LTAIkey",
            "LTAIkey\u{200b}",
            "\"LTAIkey\"",
            "'LTAIkey'\n",
            "\u{a0}LTAIkey\t",
            "\u{200e}LTAIkey",
            "\u{202a}LTAIkey\u{202c}",
            "LTAIkey\u{ad}",
            "\" LTAIkey \"",
        ] {
            assert_eq!(trimmed(text), "LTAIkey", "{text:?}");
        }
        assert_eq!(trimmed("\""), "\"");
    }

    #[test]
    fn what_no_key_has_in_it_is_named() {
        for (text, found) in [
            ("LTAIkey", None),
            ("a+b/c=", None),
            ("a\nb", Some("a line break")),
            ("a\rb", Some("a line break")),
            ("a b", Some("a space")),
            ("a\tb", Some("a tab")),
            ("a\"b", Some("a quotation mark")),
            ("a\u{200b}b", Some("an invisible character")),
            ("a\u{200f}b", Some("an invisible character")),
            ("a\u{1b}b", Some("an invisible character")),
            ("aéb", Some("a character other than ASCII")),
        ] {
            assert_eq!(flaw(text), found, "{text:?}");
        }
    }
}

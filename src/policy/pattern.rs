//! Patterns of image ids, such as `m-bp1*`.

/// Whether a text fits a pattern, in which `*` stands for any letters or none.
pub fn fits(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let mut pieces = rest;
    while let Some((piece, others)) = pieces.split_once('*') {
        let Some((_, after)) = left.split_once(piece) else { return false };
        left = after;
        pieces = others;
    }
    left.ends_with(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters_or_none() {
        for pattern in ["*", "m-*", "m-bp1", "*bp1", "m*1", "*m-bp1*", "m-*b*1", "**"] {
            assert!(fits(pattern, "m-bp1"), "{pattern}");
        }
        for pattern in ["", "m-", "m-*2", "bp1*", "m-bp1*1", "*bp2*", "m-bp1?"] {
            assert!(!fits(pattern, "m-bp1"), "{pattern}");
        }
    }

    #[test]
    fn many_stars_take_no_longer_than_the_text() {
        assert!(!fits(&"a*".repeat(1000), &"a".repeat(999)));
        assert!(fits(&"a*".repeat(1000), &"a".repeat(100_000)));
    }
}

//! How near one word is to another, for "did you mean".

/// How many letters are to be added, left out or replaced to make one text of another.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.bytes().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        let mut next = vec![left];
        for (byte, above) in other.bytes().zip(row.iter().skip(1)) {
            let replaced = diagonal + usize::from(byte != letter);
            left = replaced.min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_that_is_added_left_out_or_replaced_counts() {
        for (one, other, letters) in [
            ("", "", 0),
            ("", "ab", 2),
            ("region", "region", 0),
            ("regoin", "region", 2),
            ("regions", "region", 1),
        ] {
            assert_eq!((distance(one, other), distance(other, one)), (letters, letters), "{one} {other}");
        }
    }
}

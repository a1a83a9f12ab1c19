//! Reads JSON as a [`Value`].
//!
//! Not by serde_json, which programs and the page would carry for this alone: a third of what it weighs is tables
//! for floats, and its errors repeat the text.

use crate::value::Value;

/// The deepest nesting; serde_json ends there as well.
const DEEPEST: u32 = 127;

/// Where a text is no JSON: so many bytes of it are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken(pub usize);

/// Reads one value; nothing where the text is no JSON, or nested too deep.
///
/// Of a number that is not whole the last digits may be others, and one that is too large is infinite: no rule and no
/// report asks for either.
pub fn read(text: &[u8]) -> Option<Value> {
    read_or_break(text).ok()
}

/// The same, with the place of what is no JSON.
///
/// # Errors
/// Where it breaks; at the end of the text where something is missing.
pub fn read_or_break(text: &[u8]) -> Result<Value, Broken> {
    let mut reader = Reader { left: text };
    let value = reader.value(DEEPEST);
    reader.skip_spaces();
    value.filter(|_| reader.left.is_empty()).ok_or(Broken(text.len() - reader.left.len()))
}

struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    fn skip_spaces(&mut self) {
        while let [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] = self.left {
            self.left = rest;
        }
    }

    fn next_is(&mut self, byte: u8) -> bool {
        match self.left.split_first() {
            Some((first, rest)) if *first == byte => {
                self.left = rest;
                true
            }
            _ => false,
        }
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.left.split_at_checked(length).unwrap_or((self.left, &[]));
        self.left = rest;
        (taken.len() == length).then_some(taken)
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        self.skip_spaces();
        match self.left.first()? {
            b'"' => {
                self.left = self.left.get(1..)?;
                self.text().map(Value::Text)
            }
            b'{' => {
                self.left = self.left.get(1..)?;
                let mut entries = Vec::new();
                self.items(b'}', |reader| {
                    reader.skip_spaces();
                    let key = if reader.next_is(b'"') { reader.text()? } else { return None };
                    reader.skip_spaces();
                    let value = if reader.next_is(b':') {
                        reader.value(depth.checked_sub(1)?)?
                    } else {
                        return None;
                    };
                    entries.push((key, value));
                    Some(())
                })?;
                Some(Value::Map(entries))
            }
            b'[' => {
                self.left = self.left.get(1..)?;
                let mut items = Vec::new();
                self.items(b']', |reader| {
                    items.push(reader.value(depth.checked_sub(1)?)?);
                    Some(())
                })?;
                Some(Value::List(items))
            }
            b't' => self.word(b"true", Value::Flag(true)),
            b'f' => self.word(b"false", Value::Flag(false)),
            b'n' => self.word(b"null", Value::Missing),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &[u8], value: Value) -> Option<Value> {
        word.iter().all(|letter| self.next_is(*letter)).then_some(value)
    }

    /// Items between commas, up to the end of a list or an object.
    fn items(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.skip_spaces();
        if self.next_is(end) {
            return Some(());
        }
        loop {
            item(self)?;
            self.skip_spaces();
            if self.next_is(end) {
                return Some(());
            }
            if !self.next_is(b',') {
                return None;
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let end = memchr::memchr2(b'"', b'\\', self.left).unwrap_or(self.left.len());
            let plain = self.take(end)?;
            if plain.iter().any(|byte| *byte < b' ') {
                return None;
            }
            text.push_str(str::from_utf8(plain).ok()?);
            if self.take(1)? == b"\"" {
                return Some(text);
            }
            text.push(match self.take(1)? {
                b"\"" => '"',
                b"\\" => '\\',
                b"/" => '/',
                b"b" => '\u{8}',
                b"f" => '\u{c}',
                b"n" => '\n',
                b"r" => '\r',
                b"t" => '\t',
                b"u" => self.escaped()?,
                _ => return None,
            });
        }
    }

    /// The letter behind `\u`: two of them where it is beyond the first plane.
    fn escaped(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        let second = if self.take(2)? == b"\\u" { self.unit()? } else { return None };
        let is_pair = (0xdc00..0xe000).contains(&second);
        is_pair.then(|| char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)))?
    }

    fn unit(&mut self) -> Option<u32> {
        self.take(4)?.iter().try_fold(0, |sum, digit| Some(sum * 16 + char::from(*digit).to_digit(16)?))
    }

    fn number(&mut self) -> Option<Value> {
        let is_negative = self.next_is(b'-');
        let (mut whole, first) = (Some(0_u64), *self.left.first()?);
        let mut size = 0_f64;
        let digits = self.digits(|digit| {
            whole = whole.and_then(|sum| sum.checked_mul(10)?.checked_add(u64::from(digit)));
            size = size * 10.0 + f64::from(digit);
        })?;
        if first == b'0' && digits > 1 {
            return None;
        }
        let has_fraction = self.next_is(b'.');
        if has_fraction {
            let mut unit = 1.0;
            self.digits(|digit| {
                unit /= 10.0;
                size += unit * f64::from(digit);
            })?;
        }
        let has_exponent = self.next_is(b'e') || self.next_is(b'E');
        if has_exponent {
            let is_small = !self.next_is(b'+') && self.next_is(b'-');
            let mut exponent = 0_i32;
            self.digits(|digit| exponent = exponent.saturating_mul(10).saturating_add(digit.into()))?;
            if size > 0.0 {
                size *= 10_f64.powi(if is_small { -exponent } else { exponent });
            }
        }
        match whole {
            Some(whole) if !is_negative && !has_fraction && !has_exponent => Some(Value::Whole(whole)),
            _ => Some(Value::Number(if is_negative { -size } else { size })),
        }
    }

    /// How many digits there are; none is none at all.
    fn digits(&mut self, mut each: impl FnMut(u8)) -> Option<usize> {
        let before = self.left.len();
        while let [digit @ b'0'..=b'9', rest @ ..] = self.left {
            each(*digit - b'0');
            self.left = rest;
        }
        Some(before - self.left.len()).filter(|count| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What serde_json reads, with the first digits of numbers that are not whole.
    fn referee(text: &str) -> Option<Value> {
        fn plain(value: Value) -> Value {
            match value {
                Value::Number(number) => Value::Text(format!("{number:.9e}")),
                Value::List(items) => Value::List(items.into_iter().map(plain).collect()),
                Value::Map(entries) => {
                    Value::Map(entries.into_iter().map(|(key, value)| (key, plain(value))).collect())
                }
                value => value,
            }
        }
        let ours = read(text.as_bytes()).map(plain);
        let theirs = serde_json::from_str(text).ok().map(plain);
        assert_eq!(ours, theirs, "{text}");
        ours
    }

    #[test]
    fn it_reads_and_refuses_what_serde_json_does() {
        for text in [
            "null",
            " [1, 2.5, -3, 1e3, 0, -0.0, 18446744073709551615, 18446744073709551616] ",
            r#"{"a": {"b": [true, false, null]}, "a": "again"}"#,
            r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀""#,
        ] {
            assert!(referee(text).is_some(), "{text}");
        }
        for text in [
            "",
            "{",
            "[1,]",
            "{,}",
            "{\"a\" 1}",
            "{1: 2}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "-",
            "nul",
            "truth",
            "1 2",
            "\"\u{1}\"",
            r#""\x""#,
            r#""\ud83d""#,
            r#""\ude00""#,
            r#""\ud83d\u0041""#,
            r#""\u12g4""#,
            "\"open",
            "{\"a\":}",
        ] {
            assert_eq!(referee(text), None, "{text}");
        }
        assert_eq!(read(b"\"\xff\""), None, "no UTF-8");
        assert_eq!(read(b"[1e999]"), Some(Value::List(vec![Value::Number(f64::INFINITY)])));
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(referee(&nested(100)).is_some());
        assert_eq!(referee(&nested(1000)), None);
    }

    #[test]
    fn it_says_where_a_text_breaks() {
        for (text, at) in [
            ("", 0),
            ("!", 0),
            ("[1, tru]", 7),
            ("{\"a\":!}", 5),
            ("{\"a\":", 5),
            ("\"open", 5),
            ("[\"\\u00", 6),
            ("[1] 2", 4),
            ("[1,", 3),
        ] {
            assert_eq!(read_or_break(text.as_bytes()), Err(Broken(at)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_of_json_letters_is_read_as_serde_json_reads_it(text in r#"([\[\]{}:,"0-9eE.+-]|"a"|true|null|\\|\\u00|ud83d| ){0,24}"#) {
            referee(&text);
        }
    }
}

//! Passes over what is not wanted: most of a plan.

use memchr::memchr2;

use super::{Scanner, State};

impl Scanner {
    /// Passes over what is not wanted; how many bytes.
    pub(super) fn pass_over(&mut self, rest: &[u8], first: u8, start: usize) -> usize {
        let mut byte = first;
        let mut used = 1;
        loop {
            match byte {
                b'"' => {
                    self.state = State::WasteText;
                    match rest.get(used - 1..).and_then(<[u8]>::split_first) {
                        Some((byte, after)) => used += 1 + self.pass_over_text(after, *byte),
                        None => return used,
                    }
                    if self.state != State::Waste {
                        return used;
                    }
                }
                b'{' | b'[' => self.waste += 1,
                b'}' | b']' => {
                    self.waste -= 1;
                    if self.waste == 0 {
                        self.state = State::After;
                        return used;
                    }
                }
                b'\n' => self.newline(start + used - 1),
                _ => {}
            }
            match rest.get(used - 1) {
                Some(next) => byte = *next,
                None => return used,
            }
            used += 1;
        }
    }

    /// Passes over text to its end; how many bytes behind the first.
    pub(super) fn pass_over_text(&mut self, rest: &[u8], first: u8) -> usize {
        let (end, used) = match first {
            b'"' | b'\\' => (Some(first), 0),
            _ => match memchr2(b'"', b'\\', rest) {
                Some(end) => (rest.get(end).copied(), end + 1),
                None => (None, rest.len()),
            },
        };
        self.state = match end {
            Some(b'"') if self.waste == 0 => State::After,
            Some(b'"') => State::Waste,
            Some(_) => State::WasteEscape,
            None => State::WasteText,
        };
        used
    }
}

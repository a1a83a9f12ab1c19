//! Collects a record: JSON with the wanted keys only.

use super::{Found, Frame, Kind, LONGEST_RECORD, Position, Scanner, State};

impl Scanner {
    /// A single value at the top of a file, kept as a record of one entry.
    pub(super) fn header(&mut self, byte: u8) {
        if matches!(byte, b'{' | b'[') {
            return self.discard(byte);
        }
        self.base = Some((Kind::Header, self.frames.len()));
        self.record.clear();
        self.overflow = false;
        self.record.push(b'{');
        self.begin(false);
        self.keep(false, true, &[byte]);
        self.state = match byte {
            b'"' => State::Text { key: false, keep: true },
            _ => State::Scalar { keep: true },
        };
    }

    /// Hands over a record of one entry, once its value has ended.
    pub(super) fn end_of_value(&mut self, found: &mut dyn FnMut(Found<'_>)) {
        if self.base == Some((Kind::Header, self.frames.len())) {
            self.base = None;
            self.record.push(b'}');
            found(Found::Record(Kind::Header, &self.record));
        }
    }

    pub(super) fn open(&mut self, is_list: bool, place: Position) {
        let parent_is_list = self.frames.last().is_none_or(|frame| frame.is_list);
        match (place, self.base) {
            (Position::Branch(kind) | Position::NamedValues(kind), None) => {
                self.base = Some((kind, self.frames.len()));
                self.record.clear();
                self.overflow = false;
                if kind == Kind::Planned {
                    self.record.extend_from_slice(b"{\"urn\":\"");
                    self.record.append(&mut self.key);
                    self.record.extend_from_slice(b"\",\"plan\":");
                }
                self.keep(false, true, b"{");
            }
            (Position::Branch(_) | Position::NamedValues(_) | Position::Leaf, Some(_)) => {
                self.begin(parent_is_list);
                self.keep(false, true, if is_list { b"[" } else { b"{" });
            }
            _ => {}
        }
        self.frames.push(Frame { is_list, place });
        self.state = if is_list { State::Value } else { State::Key };
    }

    pub(super) fn close(&mut self, found: &mut dyn FnMut(Found<'_>)) {
        self.state = State::After;
        let Some(frame) = self.frames.pop() else { return };
        let Some((kind, depth)) = self.base else { return };
        self.keep(false, true, if frame.is_list { b"]" } else { b"}" });
        if self.frames.len() > depth {
            return;
        }
        self.base = None;
        if self.overflow {
            self.too_long += 1;
            return;
        }
        if kind == Kind::Planned {
            self.record.push(b'}');
        }
        found(Found::Record(kind, &self.record));
    }

    /// What stands before a value that is kept.
    pub(super) fn begin(&mut self, in_list: bool) {
        if !matches!(self.record.last(), Some(b'{' | b'[')) {
            self.record.push(b',');
        }
        if !in_list {
            self.record.push(b'"');
            self.record.append(&mut self.key);
            self.record.extend_from_slice(b"\":");
        }
    }

    pub(super) fn keep(&mut self, key: bool, keep: bool, bytes: &[u8]) {
        if key {
            // Longer than any URN is nobody's key.
            if self.key.len() + bytes.len() <= LONGEST_RECORD {
                self.key.extend_from_slice(bytes);
            }
        } else if keep {
            if self.record.len() + bytes.len() <= LONGEST_RECORD {
                self.record.extend_from_slice(bytes);
            } else {
                self.overflow = true;
            }
        }
    }
}

//! Reads JSON of any size in chunks of any size, and keeps of it what says something about shares.
//!
//! A plan is mostly what nobody here asks for: other resources, stack traces, the text of providers. So
//! no tree is built: the scanner walks the bytes once, drops every subtree under a key that is not wanted,
//! and hands over one record at a time (a step, an event, a resource), which is then a few hundred bytes
//! long whatever it was.

mod record;
mod skip;

use memchr::memchr2;

use super::input::MAGIC;
use super::json_path::{Kind, Position};

/// What the scanner hands over.
pub(super) enum Found<'a> {
    /// The file turned out to hold records of a kind, be there any or not.
    Shape(Kind),
    /// A record: JSON with the wanted keys only.
    Record(Kind, &'a [u8]),
    /// A value that cannot be what belongs there: a record or a list of them is missing.
    Misplaced,
}

/// Where and how the file was not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Break {
    pub line: u64,
    pub column: u64,
    pub expected: &'static str,
    pub found: u8,
    /// Whether it was in the middle of something, and not a line of a log before or behind it.
    pub is_inside: bool,
}

/// The longest record: a set of 40 000 accounts, which a step repeats four times, has 4 MB.
const LONGEST_RECORD: usize = 64 << 20;
/// The deepest nesting of what is kept; serde_json ends at 128.
const DEEPEST: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Value,
    Key,
    Colon,
    After,
    Text {
        key: bool,
        keep: bool,
    },
    Escape {
        key: bool,
        keep: bool,
    },
    Scalar {
        keep: bool,
    },
    Waste,
    WasteText,
    WasteEscape,
    /// To the end of a line that is no JSON, behind a byte of it.
    Line(u8),
}

#[derive(Debug)]
struct Frame {
    is_list: bool,
    place: Position,
}

/// The position in the file, and the record that is being collected.
#[derive(Debug)]
pub(super) struct Scanner {
    state: State,
    frames: Vec<Frame>,
    /// Depth in a subtree that is not wanted.
    waste: u32,
    key: Vec<u8>,
    /// The record so far, and at how many frames it began.
    record: Vec<u8>,
    base: Option<(Kind, usize)>,
    overflow: bool,
    position: u64,
    line: u64,
    line_start: u64,
    /// The first place that was no JSON.
    pub broken: Option<Break>,
    /// Whether a line that was no JSON has a key in it: it is the rest of one that was.
    pub is_torn: bool,
    /// Records that were too long to be kept.
    pub too_long: u32,
    /// Whether a file ended in the middle of something.
    pub is_cut: bool,
    /// The first bytes of a file, which tell an archive from text.
    pub magic: Vec<u8>,
}

impl Scanner {
    pub(super) fn new() -> Self {
        Self {
            state: State::Value,
            frames: Vec::new(),
            waste: 0,
            key: Vec::new(),
            record: Vec::new(),
            base: None,
            overflow: false,
            position: 0,
            line: 1,
            line_start: 0,
            broken: None,
            is_torn: false,
            too_long: 0,
            is_cut: false,
            magic: Vec::new(),
        }
    }

    /// Ends a file, be it in the middle of something; what comes then is another one.
    pub(super) fn end_file(&mut self) {
        self.is_cut |= !self.frames.is_empty() || self.waste > 0;
        self.frames.clear();
        self.waste = 0;
        self.base = None;
        self.state = State::Value;
    }

    /// The line that was read last.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, chunk: &[u8], found: &mut dyn FnMut(Found<'_>)) {
        let missing = MAGIC.saturating_sub(self.magic.len());
        self.magic.extend(chunk.iter().take(missing));
        let mut at = 0;
        while let Some((byte, rest)) = chunk.get(at..).and_then(<[u8]>::split_first) {
            at += match self.state {
                State::Waste => self.pass_over(rest, *byte, at),
                State::WasteText => 1 + self.pass_over_text(rest, *byte),
                State::WasteEscape => {
                    self.state = State::WasteText;
                    1
                }
                State::Text { key, keep } => {
                    self.text(chunk.get(at..).unwrap_or_default(), (key, keep), found)
                }
                State::Escape { key, keep } => {
                    self.keep(key, keep, &[*byte]);
                    self.state = State::Text { key, keep };
                    1
                }
                State::Scalar { keep } => {
                    if byte.is_ascii_alphanumeric() || b"+-.".contains(byte) {
                        self.keep(false, keep, &[*byte]);
                        1
                    } else {
                        self.state = State::After;
                        self.end_of_value(found);
                        0
                    }
                }
                State::Line(before) => {
                    self.is_torn |= before == b'"' && *byte == b':';
                    self.state = State::Line(*byte);
                    if *byte == b'\n' {
                        self.newline(at);
                        self.state = State::Value;
                    }
                    1
                }
                _ if *byte == b' ' => 1 + rest.iter().take_while(|byte| **byte == b' ').count(),
                _ => {
                    self.structure(*byte, at, found);
                    1
                }
            };
        }
        self.position += chunk.len() as u64;
    }

    /// Takes text to its end, or to the next escape; how many bytes.
    fn text(&mut self, rest: &[u8], (key, keep): (bool, bool), found: &mut dyn FnMut(Found<'_>)) -> usize {
        let end = memchr2(b'"', b'\\', rest);
        let (text, last) = match end.and_then(|end| rest.split_at_checked(end)) {
            Some((text, after)) => (text, after.first().copied()),
            None => (rest, None),
        };
        self.keep(key, keep, text);
        match last {
            Some(b'"') => {
                // The end of a key is put behind it where it is used.
                if !key {
                    self.keep(key, keep, b"\"");
                }
                self.state = if key { State::Colon } else { State::After };
                if !key {
                    self.end_of_value(found);
                }
            }
            Some(_) => {
                self.keep(key, keep, b"\\");
                self.state = State::Escape { key, keep };
            }
            None => {}
        }
        text.len() + usize::from(last.is_some())
    }

    fn newline(&mut self, at: usize) {
        self.line += 1;
        self.line_start = self.position + at as u64 + 1;
    }

    /// A byte between the tokens.
    fn structure(&mut self, byte: u8, at: usize, found: &mut dyn FnMut(Found<'_>)) {
        match byte {
            b'\n' => return self.newline(at),
            b' ' | b'\t' | b'\r' => return,
            _ => {}
        }
        let parent = self.frames.last().map(|frame| (frame.is_list, frame.place));
        let expected = match (self.state, byte, parent) {
            // At the top a list is read as its items, as `jq --slurp` makes one of an event log.
            (_, b'[' | b']' | b',' | 0xef | 0xbb | 0xbf, None) => return,
            (_, b'{', None) => return self.open(false, Position::Top),
            (_, _, None) => "`{`",
            (State::Value | State::After, b']', Some((true, _)))
            | (State::Key | State::After, b'}', Some((false, _))) => return self.close(found),
            (State::Value, b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n', Some(parent)) => {
                return self.value(byte, parent, found);
            }
            (State::Key, b'"', _) => {
                self.key.clear();
                self.state = State::Text { key: true, keep: true };
                return;
            }
            (State::Colon, b':', _) => return self.state = State::Value,
            (State::After, b',', Some((is_list, _))) => {
                return self.state = if is_list { State::Value } else { State::Key };
            }
            (State::Value, ..) => "a value",
            (State::Key, ..) => "a key in quotes, or `}`",
            (State::Colon, ..) => "`:`",
            (_, _, Some((true, _))) => "`,` or `]`",
            _ => "`,` or `}`",
        };
        self.give_up(expected, byte, at);
    }

    fn give_up(&mut self, expected: &'static str, byte: u8, at: usize) {
        if self.broken.is_none() {
            let column = self.position + at as u64 + 1 - self.line_start.min(self.position + at as u64);
            let is_inside = !self.frames.is_empty();
            self.broken = Some(Break { line: self.line, column, expected, found: byte, is_inside });
        }
        self.frames.clear();
        self.base = None;
        self.state = State::Line(byte);
    }

    /// The first byte of a value.
    fn value(&mut self, byte: u8, (is_list, place): (bool, Position), found: &mut dyn FnMut(Found<'_>)) {
        let (place, shape) = place.inside(is_list, &self.key, self.frames.len());
        if let Some(kind) = shape
            && place.fits(byte)
        {
            found(Found::Shape(kind));
        }
        if let Position::Header = place {
            return self.header(byte);
        }
        let is_record =
            self.base.is_none() && matches!(place, Position::Branch(_) | Position::NamedValues(_));
        // An empty stack has `null` for its resources. What tells no shape by this key is no plan at all.
        let is_absent = byte == b'n' && !is_list;
        let is_misplaced = match place {
            Position::Records(_) => shape.is_none() && byte != b'[',
            _ => is_record && byte != b'{',
        };
        if is_misplaced && !is_absent {
            found(Found::Misplaced);
        }
        if is_record && byte != b'{' || self.frames.len() > DEEPEST {
            return self.discard(byte);
        }
        match byte {
            _ if place == Position::Waste => self.discard(byte),
            b'{' | b'[' => self.open(byte == b'[', place),
            _ if self.base.is_none() => self.discard(byte),
            _ => {
                self.begin(is_list);
                self.keep(false, true, &[byte]);
                self.state = match byte {
                    b'"' => State::Text { key: false, keep: true },
                    _ => State::Scalar { keep: true },
                };
            }
        }
    }

    fn discard(&mut self, byte: u8) {
        self.state = match byte {
            b'{' | b'[' => {
                self.waste = 1;
                State::Waste
            }
            b'"' => State::WasteText,
            _ => State::Scalar { keep: false },
        };
    }
}

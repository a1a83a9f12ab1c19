//! Text in Markdown that stays text: nothing from a plan becomes a link, an image, a mention or markup.

use crate::diagnostic::is_invisible;

/// Keeps a word from being found by what makes links of bare text.
const JOINER: char = '\u{2060}';
/// The longest name that is shown.
const LONGEST: usize = 200;

/// Text in which what cannot be seen, or turns the direction of other text, is shown as `U+202E`.
pub(super) fn visible(text: &str) -> String {
    if text.len() <= LONGEST && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars();
    for letter in letters.by_ref().take(LONGEST * 10) {
        if is_unseen(letter) {
            shown.push_str(&format!("U+{:04X}", u32::from(letter)));
        } else {
            shown.push(letter);
        }
    }
    if letters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// What is invisible; and in a plan, what joins letters, fills or varies them too.
fn is_unseen(letter: char) -> bool {
    is_invisible(letter)
        || matches!(
            letter,
            '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200c}' | '\u{200d}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Text on one line: line breaks become spaces.
pub(super) fn line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A code span, with a fence longer than any run of backticks in it.
pub(super) fn code(text: &str) -> String {
    let mut text = broken_up(&line(text));
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    if text.is_empty() {
        return "` `".into();
    }
    let mut longest = 0;
    let mut run = 0;
    for letter in text.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text that no finder of addresses and names takes for one: of GitHub, of mails, of terminals.
fn broken_up(text: &str) -> String {
    let mut broken = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '.' && ends_with_www(&broken) {
            broken.push(JOINER);
        }
        broken.push(letter);
        if matches!(letter, '@' | '#') || letter == ':' && letters.peek() == Some(&'/') {
            broken.push(JOINER);
        }
    }
    broken
}

/// A sentence in which nothing is markup.
pub(super) fn plain(text: &str) -> String {
    let text = broken_up(&line(text));
    let mut safe = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (place, letter) in text.char_indices() {
        // At the head of a line these begin a list.
        let is_head = place == digits
            && if place == 0 { matches!(letter, '-' | '+') } else { matches!(letter, '.' | ')') };
        if is_head || "\\`*_[]<>|~&!$#".contains(letter) {
            safe.push('\\');
        }
        safe.push(letter);
        let (before, after) = text.split_at(place);
        if letter == ':' && is_emoji(after) || letter == '-' && is_reference(before) {
            safe.push(JOINER);
        }
    }
    safe
}

/// Whether a text begins as `:tada:` does, of which GitHub makes a picture.
fn is_emoji(text: &str) -> bool {
    let name = text.trim_start_matches(':');
    let end =
        name.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || "_+-".contains(letter));
    end.len() < name.len() && end.starts_with(':')
}

/// Whether a text ends before the hyphen of `GH-1` or `GHSA-…`: GitHub links issues and advisories.
fn is_reference(text: &str) -> bool {
    ["GH", "GHSA"].iter().any(|end| {
        text.strip_suffix(end)
            .is_some_and(|before| !before.ends_with(|letter: char| letter.is_ascii_alphanumeric()))
    })
}

fn ends_with_www(text: &str) -> bool {
    text.get(text.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// A sentence of ours, in which what stands between backticks is code; any other text is plain.
pub(super) fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain(text);
    }
    let mut prose = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index % 2 == 1 {
            prose.push_str(&code(part));
        } else {
            let is_start = index == 0;
            let kept = plain(part);
            if !is_start && part.starts_with(' ') {
                prose.push(' ');
            }
            prose.push_str(&kept);
            if index + 1 < parts.len() && part.ends_with(' ') {
                prose.push(' ');
            }
        }
    }
    prose
}

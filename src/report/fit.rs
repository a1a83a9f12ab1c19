//! Fits the parts of a comment into the room that it has: each gets what it needs in the order of its priority, and
//! what does not fit is counted.

use super::sort::sort;
use super::words::Words;

/// The characters that problems may take.
const PROBLEMS: usize = 24_000;

/// A part of the comment: what stands open, and lines of which as many are given as there is room for.
pub(super) struct Part {
    pub head: String,
    pub lines: Vec<String>,
    pub tail: String,
    /// What comes first when there is little room.
    pub priority: u32,
    /// How many things are in a line, for counting those that are left out.
    pub numbers: Vec<u32>,
}

/// GitHub counts characters as JavaScript does.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Gives each part what it needs, in the order of its priority, and puts them together in their own order.
pub(super) fn fit(parts: Vec<Part>, room: usize, words: &Words) -> String {
    let fixed: usize = parts.iter().map(|part| length(&part.head) + length(&part.tail) + 80).sum();
    let mut left = room.saturating_sub(fixed);
    let mut order: Vec<u32> = (0..parts.len() as u32).collect();
    let priority = |index: u32| parts.get(index as usize).map(|part| part.priority);
    sort(&mut order, &|one, other| priority(one).cmp(&priority(other)));
    let mut given = vec![0_usize; parts.len()];
    for index in order {
        let index = index as usize;
        let Some(part) = parts.get(index) else { continue };
        let mut most = if part.priority == 0 { left.min(PROBLEMS) } else { left };
        for line in &part.lines {
            let length = length(line) + 1;
            if length > most {
                break;
            }
            most -= length;
            left -= length;
            if let Some(count) = given.get_mut(index) {
                *count += 1;
            }
        }
    }
    let mut body = String::new();
    for (part, count) in parts.iter().zip(given) {
        body.push_str(&part.head);
        for line in part.lines.iter().take(count) {
            body.push_str(line);
            body.push('\n');
        }
        let missing: u32 = part.numbers.iter().skip(count).sum();
        if missing > 0 {
            body.push_str(&format!("\n_{}_\n", (words.left_out)(missing)));
        }
        body.push_str(&part.tail);
        body.push('\n');
    }
    body
}

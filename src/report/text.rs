//! A report for a terminal.

use super::lines::{Bar, Group, Level, ProblemGroup, RowLine, Screen};
use super::markup::visible;
use super::screen::screen;
use super::words::Language;
use crate::address_book::AddressBook;
use crate::diagnostic::Severity;
use crate::plan::Report;

/// The most rows of images that a terminal is given; a page has them all.
const IMAGES: usize = 20;

/// Colours, where the terminal has them.
struct Paint {
    is_on: bool,
}

impl Paint {
    fn put(&self, code: &str, text: &str) -> String {
        if self.is_on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The first screen as lines; nothing from a file moves the cursor.
pub fn text(report: &Report, language: Language, book: &AddressBook, has_colors: bool) -> String {
    let screen = screen(report, language, book);
    let words = language.words();
    let paint = Paint { is_on: has_colors };
    let mut lines = head(&screen, &paint, words.separator);
    for list in &screen.problems {
        lines.push(String::new());
        lines.push(paint.put("1", &format!("{} ({})", list.heading, list.number)));
        lines.extend(list.groups.iter().flat_map(|group| problem(group, &paint, words)));
    }
    for section in &screen.sections {
        lines.push(String::new());
        lines.push(paint.put("1", &format!("{} ({})", section.heading, section.number)));
        for found in &section.groups {
            lines.extend(group(found, &paint));
        }
        if !section.more.is_empty() {
            lines.push(format!("  {}", section.more));
        }
    }
    if screen.moves.number > 0 {
        lines.push(String::new());
        lines.push(paint.put("1", &format!("{} ({})", screen.moves.heading, screen.moves.number)));
        for moved in &screen.moves.lines {
            let line = format!("  {} -> {}  {}  {}", moved.from, moved.to, moved.of, moved.resource);
            lines.push(visible(&line));
            lines.push(paint.put("2", &format!("    {}", moved.meaning)));
        }
        if !screen.moves.more.is_empty() {
            lines.push(format!("  {}", screen.moves.more));
        }
    }
    if !screen.images.bars.is_empty() {
        lines.push(String::new());
        lines.push(paint.put("1", &screen.images.heading));
        lines.extend(screen.images.bars.iter().take(IMAGES).map(|bar| image(bar, &paint)));
        if screen.images.bars.len() > IMAGES {
            lines.push(format!("  {}", (words.more)((screen.images.bars.len() - IMAGES) as u32)));
        }
    }
    if let Some(unchanged) = &screen.unchanged {
        lines.push(String::new());
        lines.push(unchanged.text.clone());
    }
    if !screen.not_judged.is_empty() {
        lines.push(String::new());
        lines.push(paint.put("1", screen.not_judged_heading));
        for line in &screen.not_judged {
            let help =
                if line.help.is_empty() { String::new() } else { format!("{}{}", words.colon, line.help) };
            lines.push(format!("  {}{}", line.text, paint.put("2", &help)));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn head(screen: &Screen, paint: &Paint, separator: &str) -> Vec<String> {
    let color = match screen.level {
        Level::Unreadable | Level::Blocked => "1;31",
        Level::Check => "1;33",
        Level::Clear => "1;32",
    };
    let mut name = screen.title.to_owned();
    for part in [&screen.subject].into_iter().chain(&screen.facts).filter(|part| !part.is_empty()) {
        name.push_str(separator);
        name.push_str(&visible(part));
    }
    let mut line = paint.put(color, &screen.verdict);
    for count in &screen.counts {
        line.push_str(separator);
        line.push_str(&count.text);
    }
    vec![name, line]
}

fn problem(group: &ProblemGroup, paint: &Paint, words: &super::words::Words) -> Vec<String> {
    let color = if group.severity == Severity::Error { "31" } else { "33" };
    let mut places: Vec<String> = group
        .places
        .iter()
        .map(|place| {
            let parts = [&place.resource, &place.property];
            let named =
                parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(".");
            if named.is_empty() {
                format!("{} {}", place.image, place.region).trim().to_owned()
            } else {
                named
            }
        })
        .map(|place| visible(&place))
        .collect();
    if !group.more.is_empty() {
        places.push(group.more.clone());
    }
    let code = group.rule().map(visible).collect::<Vec<_>>().join(", ");
    let message = group.message.lines().map(visible).collect::<Vec<_>>().join("\n    ");
    let mut lines = Vec::new();
    if group.number > 1 {
        let times = (words.times)(group.number);
        lines.push(format!("  {}: {message} [{}]", paint.put(color, &times), visible(&code)));
        lines.push(format!("    {} {}", words.on, places.join(words.comma)));
    } else {
        let place = places.first().map(|place| format!("{place}: ")).unwrap_or_default();
        lines.push(format!("  {}{message} [{}]", paint.put(color, &place), visible(&code)));
    }
    if !group.help.is_empty() {
        lines.push(paint.put("2", &format!("    {}", visible(&group.help))));
    }
    lines
}

fn group(group: &Group, paint: &Paint) -> Vec<String> {
    let mut lines = Vec::new();
    if group.heading.is_empty() {
        lines.extend(group.rows.iter().map(|found| row(found, "  ")));
    } else {
        lines.push(format!(
            "  {}: {} {}",
            group.heading,
            visible(&group.image.text),
            visible(&group.region.text)
        ));
        lines.extend(group.rows.iter().map(|found| row(found, "    ")));
        if !group.more.is_empty() {
            lines.push(format!("    {}", group.more));
        }
    }
    if !group.note.is_empty() {
        lines.push(paint.put("2", &format!("    {}", group.note)));
    }
    lines
}

fn row(row: &RowLine, indent: &str) -> String {
    let parts = [&row.name, &row.account.text, &row.image.text, &row.region.text, &row.resource, &row.detail];
    let parts: Vec<String> =
        parts.into_iter().filter(|part| !part.is_empty()).map(|part| visible(part)).collect();
    format!("{indent}{}", parts.join("  "))
}

fn image(bar: &Bar, paint: &Paint) -> String {
    let [.., limit] = bar.numbers;
    let peak = if bar.peak.is_empty() { String::new() } else { format!(" ({})", bar.peak) };
    let state = if bar.state.is_empty() { String::new() } else { format!("  {}", bar.state) };
    let numbers = format!("{} -> {}{peak} / {limit}{state}", bar.before, bar.after);
    let numbers = if bar.is_over { paint.put("31", &numbers) } else { numbers };
    format!("  {}  {}  {numbers}", visible(&bar.image.text), visible(&bar.region.text))
}

//! A report for a comment on a pull request: the first line carries the decision.

use super::fit::{Part, fit, length};
use super::lines::{Bar, ProblemGroup, ProblemList, RowLine, Screen, Value, name};
use super::markup::{code, plain, prose};
use super::screen::screen;
use super::sections::{by_image, sections};
use super::view::View;
use super::words::{Language, Words};
use crate::address_book::AddressBook;
use crate::plan::{Change, Report};

/// The most characters that a comment on GitHub may have, less a little for what others add.
const LONGEST: usize = 65_000;
/// By this a workflow finds its own comment again. It is no part of the first line, which mails show.
pub const MARKER: &str = "<!-- pulumi-alicloud-image-share -->";

/// What the front end knows beside the files.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The address of the whole report; empty where there is none.
    pub page: String,
    /// The commit that the plan is of; empty where it is not known.
    pub commit: String,
}

/// A report as a comment. Where it is too long, unchanged shares go first, then detail; losses go last.
pub fn markdown(report: &Report, language: Language, book: &AddressBook, links: &Links) -> String {
    let screen = screen(report, language, book);
    let view = View { report, words: language.words(), book };
    let words = view.words;
    let first = first_line(&screen, words);
    let foot = foot(&screen, words, links);
    let mut parts: Vec<Part> = screen.problems.iter().map(|list| problems(list, words)).collect();
    for change in sections(report) {
        parts.push(section(&view, &screen, change));
    }
    parts.extend(moves(&view, &screen));
    parts.extend(images(&screen));
    parts.extend(unchanged(&view, &screen));
    let body = fit(parts, LONGEST.saturating_sub(length(&first) + length(&foot)), words);
    format!("{first}\n\n{body}{foot}{MARKER}\n")
}

fn first_line(screen: &Screen, words: &Words) -> String {
    let subject = if screen.stack.is_empty() {
        screen.title.to_owned()
    } else {
        format!("{}{}{}", screen.title, words.comma, plain(&screen.stack))
    };
    let mut line = format!("**{subject}{}{}**", words.colon, screen.verdict);
    for (index, count) in screen.counts.iter().enumerate() {
        line.push_str(if index == 0 { words.separator } else { words.comma });
        line.push_str(&count.text);
    }
    line
}

fn problems(list: &ProblemList, words: &Words) -> Part {
    let lines = list.groups.iter().map(|group| problem(group, words)).collect();
    Part {
        head: format!("**{}** ({})\n", list.heading, list.number),
        lines,
        tail: String::new(),
        priority: 0,
        numbers: list.groups.iter().map(|group| group.number).collect(),
    }
}

fn problem(group: &ProblemGroup, words: &Words) -> String {
    let say = |text: &str| if group.is_foreign { plain(text) } else { prose(text) };
    let mut places: Vec<String> = Vec::new();
    for place in &group.places {
        let named: Vec<String> = [&place.resource, &place.property]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| code(part))
            .collect();
        let image: Vec<String> = [&place.image, &place.region]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| code(part))
            .collect();
        places.push(if named.is_empty() { image.join(" ") } else { named.join(" ") });
    }
    let rule = group.rule().map(plain).collect::<Vec<_>>().join(words.comma);
    let help = if group.help.is_empty() { String::new() } else { format!(" — {}", prose(&group.help)) };
    if group.number == 1 {
        let place = places.first().map(|place| format!("{place}{}", words.colon)).unwrap_or_default();
        return format!("- {place}{} ({rule}){help}", say(&group.message));
    }
    if !group.more.is_empty() {
        places.push(group.more.clone());
    }
    format!(
        "- {}{}{} ({rule}){help}\n  {} {}",
        (words.times)(group.number),
        words.colon,
        say(&group.message),
        words.on,
        places.join(words.comma)
    )
}

/// Who loses or gains: each in a line, or by image with its accounts folded behind the first.
fn section(view: &View<'_>, screen: &Screen, change: Change) -> Part {
    let found = screen.sections.iter().find(|section| section.change == name(change));
    let mut lines = Vec::new();
    let mut numbers = Vec::new();
    let is_grouped =
        found.is_some_and(|section| section.groups.iter().any(|group| !group.heading.is_empty()));
    if is_grouped {
        for (image, rows) in by_image(view.report, change) {
            let (line, number) = grouped(view, change, image, &rows);
            lines.push(line);
            numbers.push(number);
        }
    } else {
        for group in found.into_iter().flat_map(|section| &section.groups) {
            for (index, row) in group.rows.iter().enumerate() {
                let is_last = index + 1 == group.rows.len();
                let note = if is_last && !group.note.is_empty() {
                    format!("\n  _{}_", group.note)
                } else {
                    String::new()
                };
                lines.push(format!("- {}{note}", row_line(row)));
                numbers.push(1);
            }
        }
    }
    let (heading, number) = found.map_or(("", ""), |section| (section.heading, section.number.as_str()));
    Part {
        head: format!("**{heading}** ({number})\n"),
        lines,
        tail: String::new(),
        priority: match change {
            Change::Lost => 1,
            Change::Gained => 2,
            _ => 4,
        },
        numbers,
    }
}

/// `- **40 accounts lose** m-…: five of them, and the rest folded.
fn grouped(view: &View<'_>, change: Change, image: u32, rows: &[u32]) -> (String, u32) {
    let words = view.words;
    let number = rows.len() as u32;
    let found = view.report.image(image);
    let accounts: Vec<String> =
        rows.iter().filter_map(|row| view.row(*row)).map(|row| account(&row)).collect();
    let shown = accounts.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let rest = accounts.iter().skip(5).cloned().collect::<Vec<_>>().join(", ");
    let place = found.map_or_else(String::new, |image| {
        format!("{} {}", value(&view.value(image.image)), value(&view.region(image.region)))
    });
    let heading = (words.group)(view.report.origin, change, number);
    let mut line = format!("- **{heading}** {place}{}{shown}", words.colon);
    if !rest.is_empty() {
        let more = (words.more)(number.saturating_sub(5));
        line.push_str(&format!("\n  <details><summary>{more}</summary>\n\n  {rest}\n\n  </details>"));
    }
    if change == Change::Lost {
        line.push_str(&format!("\n  _{}_", words.disk_reset));
    }
    (line, number)
}

fn account(row: &RowLine) -> String {
    let id = value(&row.account);
    if row.name.is_empty() { id } else { format!("{} {id}", plain(&row.name)) }
}

fn row_line(row: &RowLine) -> String {
    let place = format!("{} {}", value(&row.image), value(&row.region));
    let mut parts = vec![account(row), place, code(&row.resource)];
    if !row.detail.is_empty() {
        parts.push(plain(&row.detail));
    }
    parts.join(" · ")
}

fn value(value: &Value) -> String {
    if value.is_hidden { format!("_{}_", value.text) } else { code(&value.text) }
}

fn moves(view: &View<'_>, screen: &Screen) -> Option<Part> {
    let number = screen.moves.number;
    let lines: Vec<String> = (0..number)
        .filter_map(|index| view.move_line(index))
        .map(|it| {
            format!(
                "- {} → {} · {} · {}{}{}",
                code(&it.from),
                code(&it.to),
                code(&it.of),
                code(&it.resource),
                view.words.colon,
                it.meaning
            )
        })
        .collect();
    (number > 0).then(|| {
        let is_folded = number > 20;
        let title = format!("{} ({number})", screen.moves.heading);
        let (head, tail) = fold(&title, is_folded);
        Part { head, numbers: vec![1; lines.len()], lines, tail, priority: 3 }
    })
}

fn fold(title: &str, is_folded: bool) -> (String, String) {
    if is_folded {
        (format!("<details><summary>{title}</summary>\n\n"), "\n</details>\n".into())
    } else {
        (format!("**{title}**\n"), String::new())
    }
}

fn images(screen: &Screen) -> Option<Part> {
    let bars = &screen.images.bars;
    let lines: Vec<String> = bars.iter().map(image).collect();
    (!lines.is_empty()).then(|| {
        let is_over = bars.iter().any(|bar| bar.is_over);
        let (head, tail) = fold(&screen.images.heading, !is_over && lines.len() > 5 || lines.len() > 20);
        Part { head, numbers: vec![1; lines.len()], lines, tail, priority: 5 }
    })
}

fn image(bar: &Bar) -> String {
    let [.., limit] = bar.numbers;
    let peak = if bar.peak.is_empty() { String::new() } else { format!(" ({})", bar.peak) };
    let state = if bar.state.is_empty() { String::new() } else { format!(" **{}**", bar.state) };
    format!(
        "- {} {}: {} → {}{peak} / {limit}{state}",
        value(&bar.image),
        value(&bar.region),
        bar.before,
        bar.after
    )
}

fn unchanged(view: &View<'_>, screen: &Screen) -> Option<Part> {
    let unchanged = screen.unchanged.as_ref()?;
    let groups = by_image(view.report, Change::Kept);
    let mut lines = Vec::new();
    let mut numbers = Vec::new();
    for (image, rows) in groups {
        let Some(found) = view.report.image(image) else { continue };
        let accounts: Vec<String> =
            rows.iter().filter_map(|row| view.row(*row)).map(|row| account(&row)).collect();
        let place = format!("{} {}", value(&view.value(found.image)), value(&view.region(found.region)));
        lines.push(format!("- {place}: {}", accounts.join(", ")));
        numbers.push(rows.len() as u32);
    }
    let (head, tail) = fold(&unchanged.text, true);
    Some(Part { head, lines, tail, priority: 6, numbers })
}

fn foot(screen: &Screen, words: &Words, links: &Links) -> String {
    let mut foot = String::new();
    if !screen.not_judged.is_empty() {
        let lines: Vec<String> = screen
            .not_judged
            .iter()
            .map(|line| {
                if line.help.is_empty() {
                    line.text.clone()
                } else {
                    format!("{} ({})", line.text, prose(&line.help))
                }
            })
            .collect();
        foot.push_str(&format!(
            "**{}**{}{}\n\n",
            screen.not_judged_heading,
            words.colon,
            lines.join(words.separator)
        ));
    }
    let mut parts: Vec<String> = [&screen.subject]
        .into_iter()
        .chain(&screen.facts)
        .filter(|it| !it.is_empty())
        .map(|it| plain(it))
        .collect();
    if !links.commit.is_empty() {
        parts.push(format!("{} {}", words.commit, code(&links.commit)));
    }
    if is_address(&links.page) {
        parts.push(format!("[{}]({})", words.full_report, links.page));
    }
    foot.push_str(&parts.join(words.separator));
    foot.push_str("\n\n");
    foot
}

/// Whether an address can stand in a link as it is.
fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"()<>[]\"'`\\".contains(&byte))
}

//! A report as JSON, for programs and for the page that carries one, and back.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::address_book::AddressBook;
use super::screen::{Level, View};
use super::words::Language;
use crate::diagnostic::Severity;
use crate::names::{Name, Names};
use crate::plan::{
    Cell, Change, Counts, File, Finder, Hidden, Image, Meaning, Move, Note, Origin, Policies, Problem,
    Report, Row, cell, texts,
};

/// The version of this shape.
const VERSION: u32 = 2;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'a> {
    version: u32,
    /// All of it in a sentence, in English.
    summary: String,
    origin: Origin,
    sources: Vec<String>,
    project: String,
    stack: String,
    time: String,
    files: Vec<File>,
    limit: u32,
    unreadable: bool,
    incomplete: bool,
    policies: Policies,
    resources: u32,
    others: u32,
    at_least: [bool; 2],
    errors: u32,
    warnings: u32,
    totals: Counts,
    notes: Vec<(Note, u32)>,
    problems: Vec<WireProblem>,
    #[serde(borrow)]
    images: Vec<WireImage<'a>>,
    #[serde(borrow)]
    moves: Vec<WireMove<'a>>,
    #[serde(borrow)]
    rows: Vec<WireRow<'a>>,
}

#[derive(Serialize, Deserialize)]
struct WireProblem {
    severity: WireSeverity,
    from: Finder,
    code: String,
    message: String,
    help: String,
    values: Vec<String>,
    resource: String,
    #[serde(rename = "type")]
    kind: String,
    property: String,
    /// The image, by its place in `images`.
    image: Option<u32>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WireSeverity {
    Error,
    Warning,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WireCell<'a> {
    #[serde(borrow)]
    Text(Cow<'a, str>),
    Hidden {
        hidden: Hidden,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireImage<'a> {
    #[serde(borrow)]
    image: WireCell<'a>,
    region: WireCell<'a>,
    before: u32,
    peak: u32,
    after: u32,
    peak_added: u32,
    peak_removed: u32,
    open: bool,
    authoritative: bool,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize, Deserialize)]
struct WireMove<'a> {
    #[serde(borrow)]
    from: WireCell<'a>,
    to: WireCell<'a>,
    /// Images by their place in `images`.
    images: [u32; 2],
    #[serde(borrow)]
    resource: Cow<'a, str>,
    assumed: bool,
    meaning: Meaning,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRow<'a> {
    change: Change,
    #[serde(borrow)]
    account: WireCell<'a>,
    image: WireCell<'a>,
    region: WireCell<'a>,
    #[serde(borrow)]
    resource: Cow<'a, str>,
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    since: WireCell<'a>,
    image_index: u32,
    #[serde(rename = "move")]
    moved: Option<u32>,
}

/// A report as JSON.
///
/// # Errors
/// Never, but that serialization says so.
pub fn write(report: &Report) -> Result<String, serde_json::Error> {
    let book = AddressBook::default();
    let view = View { report, words: Language::En.words(), book: &book };
    let mut summary = view.verdict(view.level());
    if view.level() != Level::Unreadable {
        for count in view.counts() {
            summary.push_str(" · ");
            summary.push_str(&count.text);
        }
    }
    let shown = |name: Name| match cell(&report.texts, name) {
        Cell::Text(text) => WireCell::Text(text.into()),
        Cell::Hidden(hidden) => WireCell::Hidden { hidden },
    };
    let text = |name: Name| Cow::Borrowed(report.texts.text(name));
    let image = |index: u32| {
        report.image(index).map_or((crate::plan::ABSENT, crate::plan::ABSENT), |it| (it.image, it.region))
    };
    serde_json::to_string(&Wire {
        version: VERSION,
        summary,
        origin: report.origin,
        sources: report.sources.clone(),
        project: report.project.clone(),
        stack: report.stack.clone(),
        time: report.time.clone(),
        files: report.files.clone(),
        limit: report.limit,
        unreadable: report.is_unreadable,
        incomplete: report.is_incomplete,
        policies: report.policies,
        resources: report.resources,
        others: report.others,
        at_least: report.at_least,
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        totals: report.counts,
        notes: report.notes.clone(),
        problems: report.problems.iter().map(wire_problem).collect(),
        images: report
            .images
            .iter()
            .map(|it| WireImage {
                image: shown(it.image),
                region: shown(it.region),
                before: it.before,
                peak: it.peak,
                after: it.after,
                peak_added: it.peak_added,
                peak_removed: it.peak_removed,
                open: it.is_open,
                authoritative: it.is_authoritative,
                counts: it.counts,
            })
            .collect(),
        moves: report
            .moves
            .iter()
            .map(|it| {
                let [from, to] = it.accounts;
                WireMove {
                    from: shown(from),
                    to: shown(to),
                    images: it.images,
                    resource: text(it.resource),
                    assumed: it.is_assumed,
                    meaning: it.meaning,
                }
            })
            .collect(),
        rows: report
            .rows
            .iter()
            .map(|row| WireRow {
                change: row.change,
                account: shown(row.account),
                image: shown(image(row.image).0),
                region: shown(image(row.image).1),
                resource: text(row.resource),
                kind: text(row.kind),
                since: shown(row.since),
                image_index: row.image,
                moved: row.moved,
            })
            .collect(),
    })
}

fn wire_problem(problem: &Problem) -> WireProblem {
    WireProblem {
        severity: match problem.severity {
            Severity::Error => WireSeverity::Error,
            Severity::Warning => WireSeverity::Warning,
        },
        from: problem.finder,
        code: problem.code.clone(),
        message: problem.message.clone(),
        help: problem.help.clone(),
        values: problem.values.clone(),
        resource: problem.resource.clone(),
        kind: problem.kind.clone(),
        property: problem.property.clone(),
        image: problem.image,
    }
}

/// Reads what [`write`] wrote.
///
/// # Errors
/// The text is no report, or one of another version.
pub fn read(text: &str) -> Result<Report, serde_json::Error> {
    let wire: Wire<'_> = serde_json::from_str(text)?;
    let mut texts = texts();
    let images = wire
        .images
        .iter()
        .map(|it| Image {
            image: interned(&mut texts, &it.image),
            region: interned(&mut texts, &it.region),
            before: it.before,
            peak: it.peak,
            after: it.after,
            peak_added: it.peak_added,
            peak_removed: it.peak_removed,
            is_open: it.open,
            is_authoritative: it.authoritative,
            counts: it.counts,
        })
        .collect();
    let moves = wire
        .moves
        .iter()
        .map(|it| Move {
            accounts: [interned(&mut texts, &it.from), interned(&mut texts, &it.to)],
            images: it.images,
            resource: texts.intern(it.resource.as_bytes()),
            is_assumed: it.assumed,
            meaning: it.meaning,
        })
        .collect();
    let rows = wire
        .rows
        .iter()
        .map(|row| Row {
            change: row.change,
            account: interned(&mut texts, &row.account),
            image: row.image_index,
            resource: texts.intern(row.resource.as_bytes()),
            kind: texts.intern(row.kind.as_bytes()),
            since: interned(&mut texts, &row.since),
            moved: row.moved,
        })
        .collect();
    Ok(Report {
        origin: wire.origin,
        sources: wire.sources,
        project: wire.project,
        stack: wire.stack,
        time: wire.time,
        files: wire.files,
        limit: wire.limit,
        is_unreadable: wire.unreadable,
        is_incomplete: wire.incomplete,
        policies: wire.policies,
        resources: wire.resources,
        others: wire.others,
        at_least: wire.at_least,
        notes: wire.notes,
        problems: wire.problems.into_iter().map(problem).collect(),
        images,
        moves,
        rows,
        counts: wire.totals,
        texts,
    })
}

fn interned(texts: &mut Names, cell: &WireCell<'_>) -> Name {
    match cell {
        WireCell::Text(text) => texts.intern(text.as_bytes()),
        WireCell::Hidden { hidden } => {
            Hidden::ALL.iter().position(|known| known == hidden).unwrap_or_default() as Name
        }
    }
}

fn problem(wire: WireProblem) -> Problem {
    Problem {
        severity: match wire.severity {
            WireSeverity::Error => Severity::Error,
            WireSeverity::Warning => Severity::Warning,
        },
        finder: wire.from,
        code: wire.code,
        message: wire.message,
        help: wire.help,
        values: wire.values,
        resource: wire.resource,
        kind: wire.kind,
        property: wire.property,
        image: wire.image,
    }
}

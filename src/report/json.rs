//! A report as JSON, for programs.

use std::borrow::Cow;

use serde::Serialize;

use super::lines::Level;
use super::view::View;
use super::words::Language;
use crate::address_book::AddressBook;
use crate::diagnostic::Severity;
use crate::interner::Symbol;
use crate::plan::{
    Cell, Change, Counts, File, Finder, Hidden, Meaning, Note, Origin, Policies, Problem, Report, cell,
};

/// The version of this shape.
const VERSION: u32 = 2;

#[derive(Serialize)]
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
    /// What tells the states apart that are compared, in their order.
    states: Vec<String>,
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
    images: Vec<WireImage<'a>>,
    moves: Vec<WireMove<'a>>,
    rows: Vec<WireRow<'a>>,
}

#[derive(Serialize)]
struct WireProblem {
    severity: Severity,
    from: Finder,
    code: String,
    /// The policy that found it and its pack; empty where it is none's.
    policy: String,
    #[serde(rename = "policyPack")]
    pack: String,
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

#[derive(Serialize)]
#[serde(untagged)]
enum WireCell<'a> {
    Text(Cow<'a, str>),
    Hidden { hidden: Hidden },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireImage<'a> {
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

#[derive(Serialize)]
struct WireMove<'a> {
    from: WireCell<'a>,
    to: WireCell<'a>,
    /// Images by their place in `images`.
    images: [u32; 2],
    resource: Cow<'a, str>,
    assumed: bool,
    meaning: Meaning,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireRow<'a> {
    change: Change,
    account: WireCell<'a>,
    image: WireCell<'a>,
    region: WireCell<'a>,
    resource: Cow<'a, str>,
    #[serde(rename = "type")]
    kind: Cow<'a, str>,
    since: WireCell<'a>,
    image_index: u32,
    #[serde(rename = "move")]
    moved: Option<u32>,
    /// The states in which the account had the image, by their place in `states`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    seen: Vec<u32>,
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
    let shown = |name: Symbol| match cell(&report.texts, name) {
        Cell::Text(text) => WireCell::Text(text.into()),
        Cell::Hidden(hidden) => WireCell::Hidden { hidden },
    };
    let text = |name: Symbol| Cow::Borrowed(report.texts.text(name));
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
        states: report.states.clone(),
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
                seen: (0..u32::BITS).filter(|state| row.seen & (1 << state) != 0).collect(),
            })
            .collect(),
    })
}

fn wire_problem(problem: &Problem) -> WireProblem {
    WireProblem {
        severity: problem.severity,
        from: problem.finder,
        code: problem.code.clone(),
        policy: problem.policy.clone(),
        pack: problem.pack.clone(),
        message: problem.message.clone(),
        help: problem.help.clone(),
        values: problem.values.clone(),
        resource: problem.resource.clone(),
        kind: problem.kind.clone(),
        property: problem.property.clone(),
        image: problem.image,
    }
}

//! The first screen: the verdict, what blocks, who loses, who gains, access that moves, images that change,
//! and what nobody judged, in this order, for the page, the comment and the terminal.

use serde::Serialize;

use super::address_book::AddressBook;
use super::problem::say;
use super::words::{Language, Words};
use crate::diagnostic::Severity;
use crate::names::Name;
use crate::plan::{ABSENT, Cell, Change, Image, Note, Origin, Policies, Problem, Report, Row};

/// Up to so many changes each row is shown; above, they are grouped by image.
const UNGROUPED: u32 = 20;
/// The images, and the rows of each, that a group shows.
const SHOWN_IMAGES: usize = 5;
const SHOWN_ROWS: usize = 5;
/// Problems of one code are shown one by one up to this many.
const SHOWN_PROBLEMS: usize = 3;
/// The places that a group of problems names.
const SHOWN_PLACES: usize = 8;

/// How much of a reader's attention is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub enum Level {
    /// The file cannot be read.
    Unreadable,
    /// An error stops the deployment.
    Blocked,
    /// There are warnings.
    Check,
    /// Nothing is wrong as far as the file shows.
    Clear,
}

/// What a number opens: exactly the rows or problems that it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Filter {
    /// Rows with this change; empty for any.
    pub change: &'static str,
    /// Rows with a value that is `unknown` or `secret`; empty for any.
    pub hidden: &'static str,
    /// Rows of this image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<u32>,
    /// Problems of a severity instead of rows; empty for rows.
    pub problems: &'static str,
}

impl Filter {
    fn of(change: Change, image: Option<u32>) -> Self {
        Self { change: name(change), image, ..Self::default() }
    }
}

/// The stable name of a change.
pub(super) fn name(change: Change) -> &'static str {
    match change {
        Change::Lost => "lost",
        Change::Gained => "gained",
        Change::Pending => "pending",
        Change::Left => "left",
        Change::Kept => "kept",
    }
}

/// A number with its words, and what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Count {
    /// What it counts.
    pub text: String,
    /// How many.
    pub number: u32,
    /// What it opens.
    pub opens: Filter,
}

/// A value to show, or the reason why it is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Value {
    /// The value, or the reason.
    pub text: String,
    /// Whether it is the reason.
    #[serde(rename = "hidden")]
    pub is_hidden: bool,
}

/// One account of one image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct RowLine {
    /// Its place in the report.
    pub index: u32,
    /// The stable name of what happens, and its word.
    pub change: &'static str,
    /// The word for it.
    pub label: &'static str,
    /// The account.
    pub account: Value,
    /// Its name in the address book; may be empty.
    pub name: String,
    /// The image.
    pub image: Value,
    /// Its region.
    pub region: Value,
    /// The image, by its place.
    #[serde(rename = "imageIndex")]
    pub image_index: u32,
    /// The name of the resource.
    pub resource: String,
    /// The type of the resource.
    #[serde(rename = "type")]
    pub kind: String,
    /// What else there is to know: where access moves, since when.
    pub detail: String,
}

/// Rows of one image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Group {
    /// `40 accounts lose`; empty where each row is shown.
    pub heading: String,
    /// The image and its region.
    pub image: Value,
    /// The region.
    pub region: Value,
    /// How many rows it has.
    pub number: u32,
    /// Those that are shown.
    pub rows: Vec<RowLine>,
    /// How many are not; may be empty.
    pub more: String,
    /// What to know of this image; may be empty.
    pub note: String,
    /// What its number opens.
    pub opens: Filter,
}

/// A change, and who it happens to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Section {
    /// The stable name of the change.
    pub change: &'static str,
    /// Its heading, without the number.
    pub heading: &'static str,
    /// The number, with `at least` where there may be more.
    pub number: String,
    /// Rows by image: the risky ones first.
    pub groups: Vec<Group>,
    /// What is left out; may be empty.
    pub more: String,
    /// What its number opens.
    pub opens: Filter,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Place {
    /// The resource; may be empty.
    pub resource: String,
    /// Its input; may be empty.
    pub property: String,
    /// The image, where no resource is named; may be empty.
    pub image: String,
    /// Its region; may be empty.
    pub region: String,
    /// The image, by its place.
    #[serde(rename = "imageIndex", skip_serializing_if = "Option::is_none")]
    pub image_index: Option<u32>,
}

/// Problems that are the same but for their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct ProblemGroup {
    /// The code; may be empty.
    pub code: String,
    /// `error` or `warning`.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "\"error\" | \"warning\""))]
    pub severity: Severity,
    /// Who found it.
    pub finder: &'static str,
    /// How many there are.
    pub number: u32,
    /// What is wrong.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// Whether both are in the language of the page.
    #[serde(rename = "translated")]
    pub is_translated: bool,
    /// Whether the words are somebody else's.
    #[serde(rename = "foreign")]
    pub is_foreign: bool,
    /// Where, as far as shown.
    pub places: Vec<Place>,
    /// How many places are not shown; may be empty.
    pub more: String,
}

/// The problems of a severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct ProblemList {
    /// Its heading.
    pub heading: &'static str,
    /// How many there are.
    pub number: u32,
    /// The problems.
    pub groups: Vec<ProblemGroup>,
}

/// Access that moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct MoveLine {
    /// From whom, or from which image.
    pub from: String,
    /// To whom, or to which image.
    pub to: String,
    /// The image of both, or the account of both.
    pub of: String,
    /// The resource.
    pub resource: String,
    /// What it means.
    pub meaning: String,
}

/// The moves of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct MoveList {
    /// Its heading.
    pub heading: &'static str,
    /// How many there are.
    pub number: u32,
    /// Those that are shown.
    pub lines: Vec<MoveLine>,
    /// How many are not; may be empty.
    pub more: String,
}

/// How full an image is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Bar {
    /// The image.
    pub image: Value,
    /// Its region.
    pub region: Value,
    /// Accounts before, as shown, with `at least` where there may be more.
    pub before: String,
    /// After, likewise.
    pub after: String,
    /// The most at a time, where it is more than before and after; else empty.
    pub peak: String,
    /// The numbers behind them, and the limit.
    pub numbers: [u32; 4],
    /// `over the limit` or `full`; may be empty.
    pub state: &'static str,
    /// Whether it is over the limit.
    #[serde(rename = "over")]
    pub is_over: bool,
    /// All of it in words.
    pub label: String,
    /// What it opens.
    pub opens: Filter,
    /// How many rows that are.
    pub rows: u32,
}

/// Images, those that change first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct ImageList {
    /// Its heading.
    pub heading: String,
    /// The images.
    pub bars: Vec<Bar>,
    /// How many of them are shown at first.
    pub shown: u32,
}

/// What nobody judged, or what a reader must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Line {
    /// What it says.
    pub text: String,
    /// What to do; may be empty.
    pub help: String,
    /// What its number opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(optional))]
    pub opens: Option<Filter>,
}

/// The first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Screen {
    /// `Image shares`, in the language.
    pub title: &'static str,
    /// `golden-images / prod`; may be empty.
    pub subject: String,
    /// The stack; may be empty.
    pub stack: String,
    /// The files, their kind and their time.
    pub facts: Vec<String>,
    /// The hashes of the files, for paper.
    pub hashes: Vec<String>,
    /// How much attention is needed.
    pub level: Level,
    /// `blocked by 2`.
    pub verdict: String,
    /// Who loses and gains, in numbers.
    pub counts: Vec<Count>,
    /// What blocks, then what warns.
    pub problems: Vec<ProblemList>,
    /// Who loses, who gains, what is known only at up, what is left.
    pub sections: Vec<Section>,
    /// Access that moves.
    pub moves: MoveList,
    /// Images.
    pub images: ImageList,
    /// `Not judged`.
    #[serde(rename = "notJudgedHeading")]
    pub not_judged_heading: &'static str,
    /// What nobody judged.
    #[serde(rename = "notJudged")]
    pub not_judged: Vec<Line>,
    /// What stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(optional))]
    pub unchanged: Option<Count>,
    /// Rows in all.
    pub rows: u32,
    /// Changes and their words, for filters: only those that there are.
    pub filters: Vec<Count>,
    /// Columns of the table.
    pub columns: [&'static str; 5],
}

/// The first screen of a report in a language, with the names of an address book.
pub fn screen(report: &Report, language: Language, book: &AddressBook) -> Screen {
    View { report, words: language.words(), book }.screen()
}

/// A report with what is needed to say it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub report: &'a Report,
    pub words: &'static Words,
    pub book: &'a AddressBook,
}

/// Each problem by itself, of one severity or of all.
pub fn problems(
    report: &Report,
    language: Language,
    severity: Option<Severity>,
    places: std::ops::Range<usize>,
) -> Vec<ProblemGroup> {
    let book = AddressBook::default();
    let view = View { report, words: language.words(), book: &book };
    let wanted = report.problems.iter().filter(|problem| severity.is_none_or(|it| it == problem.severity));
    wanted
        .skip(places.start)
        .take(places.len())
        .filter_map(|problem| view.problem_group(&[problem]))
        .collect()
}

/// Each move of access.
pub fn moves(report: &Report, language: Language, book: &AddressBook) -> Vec<MoveLine> {
    let view = View { report, words: language.words(), book };
    (0..report.moves.len() as u32).filter_map(|index| view.move_line(index)).collect()
}

/// The changes that have a section of their own.
pub(super) fn sections(report: &Report) -> Vec<Change> {
    let mut changes = vec![Change::Lost, Change::Gained, Change::Pending, Change::Left];
    if report.origin == Origin::State {
        changes.push(Change::Kept);
    }
    changes.retain(|change| report.counts.of(*change) > 0);
    changes
}

impl View<'_> {
    fn screen(&self) -> Screen {
        let Self { report, words, .. } = self;
        let level = self.level();
        Screen {
            title: words.title,
            subject: self.subject(),
            stack: report.stack.clone(),
            facts: self.facts(),
            hashes: self.hashes(),
            level,
            verdict: self.verdict(level),
            counts: self.counts(),
            problems: self.problems(),
            sections: sections(report).into_iter().map(|change| self.section(change)).collect(),
            moves: self.moves(),
            images: self.images(),
            not_judged_heading: words.not_judged,
            not_judged: self.not_judged(),
            unchanged: (report.origin != Origin::State && report.counts.kept > 0)
                .then(|| self.count(Change::Kept)),
            rows: report.rows.len() as u32,
            filters: crate::plan::CHANGES
                .into_iter()
                .filter(|change| report.counts.of(*change) > 0)
                .map(|change| Count {
                    text: (words.label)(report.origin, change).into(),
                    number: report.counts.of(change),
                    opens: Filter::of(change, None),
                })
                .collect(),
            columns: words.columns,
        }
    }

    fn subject(&self) -> String {
        let parts = [&self.report.project, &self.report.stack];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(" / ")
    }

    fn facts(&self) -> Vec<String> {
        let Self { report, words, .. } = self;
        let mut facts: Vec<String> = report.files.iter().map(|file| file.name.clone()).collect();
        facts.extend(report.sources.iter().map(|source| (words.source)(source).into()));
        if !report.time.is_empty() {
            facts.push(minute(&report.time));
        }
        if report.others > 0 {
            facts.push((words.others)(report.others));
        }
        facts
    }

    fn hashes(&self) -> Vec<String> {
        let files = self.report.files.iter().filter(|file| !file.sha256.is_empty());
        files.map(|file| format!("{} SHA-256 {}", file.name, file.sha256)).collect()
    }

    pub(super) fn level(&self) -> Level {
        let report = self.report;
        if report.is_unreadable {
            Level::Unreadable
        } else if report.count(Severity::Error) > 0 {
            Level::Blocked
        } else if report.count(Severity::Warning) > 0 {
            Level::Check
        } else {
            Level::Clear
        }
    }

    pub(super) fn verdict(&self, level: Level) -> String {
        let Self { report, words, .. } = self;
        match (level, report.origin) {
            (Level::Unreadable, _) => words.unreadable.into(),
            (Level::Blocked, _) => (words.blocked)(report.count(Severity::Error)),
            (Level::Check, _) => (words.check)(report.count(Severity::Warning)),
            (_, Origin::State) => words.state.into(),
            (_, Origin::Comparison) => words.compared.into(),
            (_, Origin::Refresh) => words.refreshed.into(),
            (Level::Clear, _) if report.is_incomplete || !self.not_judged().is_empty() => {
                words.clear_so_far.into()
            }
            _ => words.clear.into(),
        }
    }

    fn count(&self, change: Change) -> Count {
        let number = self.report.counts.of(change);
        Count {
            text: (self.words.count)(self.report.origin, change, number, self.at_least(change)),
            number,
            opens: Filter::of(change, None),
        }
    }

    fn at_least(&self, change: Change) -> bool {
        let [lost, gained] = self.report.at_least;
        change == Change::Lost && lost || change == Change::Gained && gained
    }

    pub(super) fn counts(&self) -> Vec<Count> {
        let report = self.report;
        if report.is_unreadable {
            return Vec::new();
        }
        let mut counts: Vec<Count> = sections(report).into_iter().map(|change| self.count(change)).collect();
        let is_failed = report.notes.iter().any(|(note, _)| *note == Note::PlanFailed);
        if counts.is_empty() && !is_failed {
            let is_none = report.rows.is_empty() && !report.is_incomplete;
            let text = if is_none { self.words.no_shares } else { self.words.no_changes };
            counts.push(Count { text: text.into(), number: 0, opens: Filter::default() });
        }
        counts
    }

    pub(super) fn problems(&self) -> Vec<ProblemList> {
        let lists = [(Severity::Error, self.words.blocks), (Severity::Warning, self.words.warns)];
        let lists = lists.into_iter().map(|(severity, heading)| {
            let problems: Vec<&Problem> =
                self.report.problems.iter().filter(|problem| problem.severity == severity).collect();
            ProblemList { heading, number: problems.len() as u32, groups: self.grouped(&problems) }
        });
        lists.filter(|list| list.number > 0).collect()
    }

    /// Problems of the same code together where there are many of them.
    fn grouped(&self, problems: &[&Problem]) -> Vec<ProblemGroup> {
        let mut groups: Vec<Vec<&Problem>> = Vec::new();
        let key = |problem: &Problem| match problem.code.as_str() {
            "" => problem.message.clone(),
            code => code.to_owned(),
        };
        let mut places = std::collections::HashMap::new();
        for problem in problems {
            let next = groups.len();
            let place = *places.entry((problem.finder, key(problem))).or_insert(next);
            match groups.get_mut(place) {
                Some(group) => group.push(problem),
                None => groups.push(vec![problem]),
            }
        }
        let mut shown = Vec::new();
        for group in groups {
            if group.len() > SHOWN_PROBLEMS {
                shown.extend(self.problem_group(&group));
            } else {
                shown.extend(group.iter().filter_map(|problem| self.problem_group(&[problem])));
            }
        }
        shown
    }

    fn problem_group(&self, group: &[&Problem]) -> Option<ProblemGroup> {
        let first = group.first()?;
        let said = say(first, self.words.language);
        let more = group.len().saturating_sub(SHOWN_PLACES) as u32;
        Some(ProblemGroup {
            code: first.code.clone(),
            severity: first.severity,
            finder: (self.words.finder)(first.finder, first.severity == Severity::Error),
            number: group.len() as u32,
            message: said.message,
            help: said.help,
            is_translated: said.is_translated,
            is_foreign: matches!(first.finder, crate::plan::Finder::Policy | crate::plan::Finder::Engine),
            places: group.iter().take(SHOWN_PLACES).filter_map(|problem| self.place(problem)).collect(),
            more: if more > 0 { (self.words.more)(more) } else { String::new() },
        })
    }

    fn place(&self, problem: &Problem) -> Option<Place> {
        let image = problem.image.and_then(|index| self.report.image(index));
        let text = |name: Name| match self.report.cell(name) {
            Cell::Text(text) => text.to_owned(),
            Cell::Hidden(_) => String::new(),
        };
        let place = Place {
            resource: problem.resource.clone(),
            property: problem.property.clone(),
            image: image.map(|image| text(image.image)).unwrap_or_default(),
            region: image.map(|image| text(image.region)).unwrap_or_default(),
            image_index: problem.image,
        };
        (place != Place { image_index: None, ..empty_place() }).then_some(place)
    }

    fn section(&self, change: Change) -> Section {
        let report = self.report;
        let by_image = by_image(report, change);
        let is_grouped = report.counts.changed() > UNGROUPED || change == Change::Kept;
        let images = if is_grouped { SHOWN_IMAGES } else { usize::MAX };
        let rows = if is_grouped { SHOWN_ROWS } else { usize::MAX };
        let groups: Vec<Group> = by_image
            .iter()
            .take(images)
            .map(|(image, found)| self.group(change, *image, found, is_grouped, rows))
            .collect();
        let left: usize = by_image.iter().skip(images).map(|(_, rows)| rows.len()).sum();
        let number = report.counts.of(change);
        Section {
            change: name(change),
            heading: (self.words.heading)(report.origin, change),
            number: self.number(number, self.at_least(change)),
            more: match by_image.len().saturating_sub(images) {
                0 => String::new(),
                images => (self.words.more_images)(images as u32, left as u32),
            },
            groups,
            opens: Filter::of(change, None),
        }
    }

    fn group(&self, change: Change, image: u32, rows: &[u32], is_grouped: bool, shown: usize) -> Group {
        let number = rows.len() as u32;
        let found = self.report.image(image);
        let (id, region) = found.map_or((ABSENT, ABSENT), |found| (found.image, found.region));
        Group {
            heading: if is_grouped {
                (self.words.group)(self.report.origin, change, number)
            } else {
                String::new()
            },
            image: self.value(id),
            region: self.region(region),
            number,
            rows: rows.iter().take(shown).filter_map(|row| self.row(*row)).collect(),
            more: match rows.len().saturating_sub(shown) {
                0 => String::new(),
                more => (self.words.more)(more as u32),
            },
            note: if change == Change::Lost { self.words.disk_reset.into() } else { String::new() },
            opens: Filter::of(change, Some(image)),
        }
    }

    /// A row by its place in the report.
    pub(super) fn row(&self, index: u32) -> Option<RowLine> {
        let report = self.report;
        let row = report.rows.get(index as usize)?;
        let (image, region) =
            report.image(row.image).map_or((ABSENT, ABSENT), |image| (image.image, image.region));
        Some(RowLine {
            index,
            change: name(row.change),
            label: (self.words.label)(report.origin, row.change),
            account: self.value(row.account),
            name: self.name(row.account).into(),
            image: self.value(image),
            region: self.region(region),
            image_index: row.image,
            resource: report.texts.text(row.resource).into(),
            kind: report.texts.text(row.kind).into(),
            detail: self.detail(row),
        })
    }

    fn detail(&self, row: &Row) -> String {
        let mut parts = Vec::new();
        let moved = row.moved.and_then(|index| self.report.moves.get(index as usize));
        if let Some(moved) = moved {
            let [from, to] = moved.accounts;
            let [old, new] = moved.images;
            let is_from = (row.account, row.image) == (from, old) && row.change != Change::Gained;
            let (account, image) = if is_from { (to, new) } else { (from, old) };
            let other = if from == to { self.image_text(image) } else { self.account_text(account) };
            if (from, old) != (to, new) {
                parts.push(if is_from {
                    (self.words.moves_to)(&other)
                } else {
                    (self.words.moves_from)(&other)
                });
            } else {
                parts.push((self.words.meaning)(moved.meaning).into());
            }
        }
        if row.since != ABSENT
            && let Cell::Text(time) = self.report.cell(row.since)
        {
            parts.push((self.words.since)(&minute(time)));
        }
        parts.join(self.words.separator)
    }

    /// The name of an account in the address book; empty where it has none.
    pub(super) fn name(&self, account: Name) -> &str {
        match self.report.cell(account) {
            Cell::Text(id) => self.book.name(id).unwrap_or_default(),
            Cell::Hidden(_) => "",
        }
    }

    fn account_text(&self, account: Name) -> String {
        let id = self.value(account).text;
        match self.name(account) {
            "" => id,
            name => format!("{name} {id}"),
        }
    }

    fn image_text(&self, image: u32) -> String {
        let Some(image) = self.report.image(image) else { return String::new() };
        let id = self.value(image.image).text;
        match self.report.cell(image.region) {
            Cell::Text(region) => format!("{id} {region}"),
            Cell::Hidden(_) => id,
        }
    }

    pub(super) fn value(&self, name: Name) -> Value {
        match self.report.cell(name) {
            Cell::Text(text) => Value { text: text.into(), is_hidden: false },
            Cell::Hidden(hidden) => Value { text: (self.words.hidden)(hidden).into(), is_hidden: true },
        }
    }

    pub(super) fn region(&self, region: Name) -> Value {
        match region {
            ABSENT => Value { text: self.words.no_region.into(), is_hidden: true },
            region => self.value(region),
        }
    }

    fn number(&self, number: u32, is_open: bool) -> String {
        if is_open { (self.words.at_least)(number) } else { number.to_string() }
    }

    fn moves(&self) -> MoveList {
        let moves = &self.report.moves;
        let shown = if moves.len() > UNGROUPED as usize { SHOWN_ROWS } else { moves.len() };
        MoveList {
            heading: self.words.moves,
            number: moves.len() as u32,
            lines: (0..shown as u32).filter_map(|index| self.move_line(index)).collect(),
            more: match moves.len() - shown {
                0 => String::new(),
                more => (self.words.more)(more as u32),
            },
        }
    }

    pub(super) fn move_line(&self, index: u32) -> Option<MoveLine> {
        let moved = self.report.moves.get(index as usize)?;
        let [from, to] = moved.accounts;
        let [old, new] = moved.images;
        let (pair, of) = if from == to && old != new {
            ([self.image_text(old), self.image_text(new)], self.account_text(to))
        } else {
            ([self.account_text(from), self.account_text(to)], self.image_text(new))
        };
        let [from, to] = pair;
        let mut meaning = (self.words.meaning)(moved.meaning).to_owned();
        if moved.is_assumed && self.report.origin == Origin::Deployment {
            meaning.push_str(self.words.comma);
            meaning.push_str(self.words.assumed);
        }
        Some(MoveLine { from, to, of, resource: self.report.texts.text(moved.resource).into(), meaning })
    }

    pub(super) fn images(&self) -> ImageList {
        let report = self.report;
        let is_state = report.origin == Origin::State;
        let known = report.images.iter().enumerate().filter(|(_, image)| image.image != ABSENT);
        let mut images: Vec<(usize, &Image)> = known.collect();
        let all = images.len() as u32;
        images.retain(|(_, image)| is_state || image.counts.changed() > 0 || report.is_over(image));
        images.sort_by_key(|(_, image)| risk(report, image));
        let heading = if is_state {
            (self.words.images_shared)(all)
        } else {
            (self.words.images_changed)(images.len() as u32, all)
        };
        ImageList {
            heading,
            bars: images.into_iter().map(|(index, image)| self.bar(index as u32, image)).collect(),
            shown: SHOWN_IMAGES as u32,
        }
    }

    fn bar(&self, index: u32, image: &Image) -> Bar {
        let report = self.report;
        let is_open = image.is_open || report.is_incomplete;
        let [before, peak, after] =
            [image.before, image.peak, image.after].map(|number| self.number(number, is_open));
        let is_over = report.is_over(image);
        Bar {
            image: self.value(image.image),
            region: self.region(image.region),
            state: match (is_over, image.after >= report.limit) {
                (true, _) => self.words.over,
                (false, true) => self.words.full,
                _ => "",
            },
            is_over,
            label: (self.words.gauge)(&before, &peak, &after, report.limit),
            peak: if image.peak > image.before.max(image.after) {
                (self.words.peak)(&peak)
            } else {
                String::new()
            },
            before,
            after,
            numbers: [image.before, image.peak, image.after, report.limit],
            opens: Filter { image: Some(index), ..Filter::default() },
            rows: image.counts.changed() + image.counts.kept,
        }
    }

    pub(super) fn not_judged(&self) -> Vec<Line> {
        let Self { report, words, .. } = self;
        let mut lines = Vec::new();
        if !report.is_unreadable && matches!(report.policies, Policies::NotInFile | Policies::NoneRan) {
            let help = if report.policies == Policies::NotInFile
                && report.sources.iter().all(|it| it == "preview digest")
            {
                "`PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json`"
            } else {
                ""
            };
            lines.push(Line {
                text: (words.policies)(report.policies).into(),
                help: help.into(),
                opens: None,
            });
        }
        for (note, number) in &report.notes {
            let hidden = match note {
                Note::Unknown => "unknown",
                Note::Secret => "secret",
                _ => "",
            };
            let opens = (!hidden.is_empty()).then(|| Filter { hidden, ..Filter::default() });
            let text = (words.note)(*note, *number);
            lines.push(Line { text, help: (words.note_help)(*note).into(), opens });
        }
        lines
    }
}

fn empty_place() -> Place {
    Place {
        resource: String::new(),
        property: String::new(),
        image: String::new(),
        region: String::new(),
        image_index: None,
    }
}

/// Rows of a change by image: the risky images first, else in the order of the plan.
pub(super) fn by_image(report: &Report, change: Change) -> Vec<(u32, Vec<u32>)> {
    let mut groups: Vec<(u32, Vec<u32>)> = Vec::new();
    let mut places = vec![u32::MAX; report.images.len()];
    for (index, row) in report.rows.iter().enumerate().filter(|(_, row)| row.change == change) {
        let Some(place) = places.get_mut(row.image as usize) else { continue };
        if *place == u32::MAX {
            *place = groups.len() as u32;
            groups.push((row.image, Vec::new()));
        }
        if let Some((_, rows)) = groups.get_mut(*place as usize) {
            rows.push(index as u32);
        }
    }
    groups.sort_by_key(|(image, _)| report.image(*image).map(|image| risk(report, image)));
    groups
}

/// What comes first: over the limit, then losses, then sets that remove strangers, then many changes.
fn risk(report: &Report, image: &Image) -> impl Ord + use<> {
    let counts = image.counts;
    std::cmp::Reverse((
        report.is_over(image),
        counts.lost > 0,
        image.is_authoritative,
        counts.lost,
        counts.changed(),
    ))
}

/// A time of a file to the minute: `2026-11-25 15:37Z`.
fn minute(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) if time.as_bytes().get(10) == Some(&b'T') => {
            let zone = if time.ends_with('Z') {
                " UTC"
            } else {
                time.get(19..).filter(|it| it.starts_with(['+', '-'])).unwrap_or("")
            };
            format!("{day} {minute}{zone}")
        }
        _ => time.into(),
    }
}

//! A report as the page carries it: texts once each, and all else as numbers that stand for them.

use crate::diagnostic::Severity;
use crate::interner::Symbol;
use crate::json;
use crate::plan::{
    CHANGES, Change, Counts, File, Finder, Image, Meaning, Move, NOTES, Origin, Policies, Problem, Report,
    Row, texts,
};
use crate::value::Value;

/// The version of this shape: a page reads its own.
const VERSION: u64 = 2;
/// Stands for nothing where a number is wanted.
const NONE: u64 = u32::MAX as u64;

const ORIGINS: [Origin; 4] = [Origin::Deployment, Origin::Refresh, Origin::State, Origin::Comparison];
const POLICIES: [Policies; 4] =
    [Policies::NotApplicable, Policies::Judged, Policies::NotInFile, Policies::NoneRan];
const FINDERS: [Finder; 4] = [Finder::Input, Finder::Rules, Finder::Policy, Finder::Engine];
const MEANINGS: [Meaning; 7] = [
    Meaning::Untouched,
    Meaning::Interrupted,
    Meaning::LostUntilNext,
    Meaning::BothImages,
    Meaning::NeitherImage,
    Meaning::BothAccounts,
    Meaning::NeitherAccount,
];

fn place<T: PartialEq>(all: &[T], wanted: &T) -> u64 {
    all.iter().position(|it| it == wanted).unwrap_or_default() as u64
}

fn numbers(numbers: &[u64]) -> Value {
    Value::List(numbers.iter().copied().map(Value::Whole).collect())
}

fn strings<'a>(strings: impl IntoIterator<Item = &'a String>) -> Value {
    Value::List(strings.into_iter().map(|it| it.as_str().into()).collect())
}

fn option(value: Option<u32>) -> u64 {
    value.map_or(NONE, u64::from)
}

/// Packs a report for a page.
///
/// # Errors
/// Never, but that serialization says so.
pub fn pack(report: &Report) -> Result<String, serde_json::Error> {
    let list = |values: Vec<Value>| Value::List(values);
    let names = (0..report.texts.count() as Symbol).map(|name| report.texts.text(name).into());
    let entries = vec![
        ("version", Value::Whole(VERSION)),
        ("texts", list(names.collect())),
        ("words", strings([&report.project, &report.stack, &report.time])),
        ("sources", strings(&report.sources)),
        ("states", strings(&report.states)),
        ("files", list(report.files.iter().map(|file| strings([&file.name, &file.sha256])).collect())),
        (
            "facts",
            numbers(&[
                place(&ORIGINS, &report.origin),
                place(&POLICIES, &report.policies),
                u64::from(report.limit),
                u64::from(report.is_unreadable),
                u64::from(report.is_incomplete),
                u64::from(report.resources),
                u64::from(report.others),
                u64::from(report.at_least[0]),
                u64::from(report.at_least[1]),
            ]),
        ),
        (
            "notes",
            list(
                report.notes.iter().map(|(note, n)| numbers(&[place(&NOTES, note), u64::from(*n)])).collect(),
            ),
        ),
        ("problems", list(report.problems.iter().map(packed_problem).collect())),
        ("images", list(report.images.iter().map(packed_image).collect())),
        (
            "moves",
            list(
                report
                    .moves
                    .iter()
                    .map(|it| {
                        let [from, to] = it.accounts.map(u64::from);
                        let [old, new] = it.images.map(u64::from);
                        let meaning = place(&MEANINGS, &it.meaning);
                        numbers(&[
                            from,
                            to,
                            old,
                            new,
                            u64::from(it.resource),
                            u64::from(it.is_assumed),
                            meaning,
                        ])
                    })
                    .collect(),
            ),
        ),
        (
            "rows",
            list(
                report
                    .rows
                    .iter()
                    .map(|row| {
                        let names =
                            [row.account, row.image, row.resource, row.kind, row.since].map(u64::from);
                        let mut all = vec![place(&CHANGES, &row.change)];
                        all.extend(names);
                        all.extend([option(row.moved), u64::from(row.seen)]);
                        numbers(&all)
                    })
                    .collect(),
            ),
        ),
    ];
    let entries = entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    serde_json::to_string(&Value::Map(entries))
}

fn packed_problem(problem: &Problem) -> Value {
    let is_error = u64::from(problem.severity == Severity::Error);
    let mut values = vec![numbers(&[is_error, place(&FINDERS, &problem.finder), option(problem.image)])];
    values.push(strings(
        [
            &problem.code,
            &problem.message,
            &problem.help,
            &problem.resource,
            &problem.kind,
            &problem.property,
            &problem.policy,
            &problem.pack,
        ]
        .into_iter()
        .chain(&problem.values),
    ));
    Value::List(values)
}

fn packed_image(it: &Image) -> Value {
    numbers(
        &[
            it.image,
            it.region,
            it.before,
            it.peak,
            it.after,
            it.peak_added,
            it.peak_removed,
            u32::from(it.is_open),
            u32::from(it.is_authoritative),
        ]
        .map(u64::from),
    )
}

/// Takes numbers of a list one by one; what is missing is zero.
struct Numbers<'a> {
    left: std::slice::Iter<'a, Value>,
}

impl<'a> Numbers<'a> {
    fn of(value: &'a Value) -> Self {
        Self { left: value.items().iter() }
    }

    fn next(&mut self) -> u32 {
        match self.left.next() {
            Some(Value::Whole(number)) => u32::try_from(*number).unwrap_or_default(),
            _ => 0,
        }
    }

    fn flag(&mut self) -> bool {
        self.next() != 0
    }

    fn option(&mut self) -> Option<u32> {
        Some(self.next()).filter(|it| u64::from(*it) != NONE)
    }

    fn of_list<T: Copy>(&mut self, all: &[T], otherwise: T) -> T {
        all.get(self.next() as usize).copied().unwrap_or(otherwise)
    }
}

fn list(packed: &Value, key: &str) -> Vec<String> {
    packed.get(key).items().iter().filter_map(Value::text).map(str::to_owned).collect()
}

fn text(value: &Value, place: usize) -> String {
    value.items().get(place).and_then(Value::text).unwrap_or_default().into()
}

/// Unpacks what [`pack`] packed; none where it is of another version.
pub fn unpack(packed: &str) -> Option<Report> {
    let packed = json::read(packed.as_bytes())?;
    if *packed.get("version") != Value::Whole(VERSION) {
        return None;
    }
    let words = packed.get("words");
    let mut facts = Numbers::of(packed.get("facts"));
    let mut report = Report {
        project: text(words, 0),
        stack: text(words, 1),
        time: text(words, 2),
        sources: list(&packed, "sources"),
        states: list(&packed, "states"),
        files: packed
            .get("files")
            .items()
            .iter()
            .map(|file| File { name: text(file, 0), sha256: text(file, 1) })
            .collect(),
        origin: facts.of_list(&ORIGINS, Origin::Deployment),
        policies: facts.of_list(&POLICIES, Policies::NotApplicable),
        limit: facts.next(),
        is_unreadable: facts.flag(),
        is_incomplete: facts.flag(),
        resources: facts.next(),
        others: facts.next(),
        at_least: [facts.flag(), facts.flag()],
        texts: texts(),
        ..Report::default()
    };
    for text in packed.get("texts").items() {
        report.texts.intern(text.text().unwrap_or_default().as_bytes());
    }
    for note in packed.get("notes").items() {
        let mut note = Numbers::of(note);
        let code = NOTES.get(note.next() as usize)?;
        report.notes.push((*code, note.next()));
    }
    report.problems = packed.get("problems").items().iter().map(problem).collect();
    report.images = packed.get("images").items().iter().map(image).collect();
    report.moves = packed.get("moves").items().iter().map(moved).collect();
    for row in packed.get("rows").items().iter().map(row) {
        report.counts.add(row.change);
        if let Some(image) = report.images.get_mut(row.image as usize) {
            image.counts.add(row.change);
        }
        report.rows.push(row);
    }
    Some(report)
}

fn problem(packed: &Value) -> Problem {
    let [numbers, words] = [0, 1].map(|place| packed.items().get(place).unwrap_or(&Value::Missing));
    let mut numbers = Numbers::of(numbers);
    Problem {
        severity: if numbers.flag() { Severity::Error } else { Severity::Warning },
        finder: numbers.of_list(&FINDERS, Finder::Rules),
        image: numbers.option(),
        code: text(words, 0),
        message: text(words, 1),
        help: text(words, 2),
        resource: text(words, 3),
        kind: text(words, 4),
        property: text(words, 5),
        policy: text(words, 6),
        pack: text(words, 7),
        values: words.items().iter().skip(8).filter_map(Value::text).map(str::to_owned).collect(),
    }
}

fn image(packed: &Value) -> Image {
    let mut it = Numbers::of(packed);
    Image {
        image: it.next(),
        region: it.next(),
        before: it.next(),
        peak: it.next(),
        after: it.next(),
        peak_added: it.next(),
        peak_removed: it.next(),
        is_open: it.flag(),
        is_authoritative: it.flag(),
        counts: Counts::default(),
    }
}

fn moved(packed: &Value) -> Move {
    let mut it = Numbers::of(packed);
    Move {
        accounts: [it.next(), it.next()],
        images: [it.next(), it.next()],
        resource: it.next(),
        is_assumed: it.flag(),
        meaning: it.of_list(&MEANINGS, Meaning::Untouched),
    }
}

fn row(packed: &Value) -> Row {
    let mut it = Numbers::of(packed);
    Row {
        change: it.of_list(&CHANGES, Change::Kept),
        account: it.next(),
        image: it.next(),
        resource: it.next(),
        kind: it.next(),
        since: it.next(),
        moved: it.option(),
        seen: it.next(),
    }
}

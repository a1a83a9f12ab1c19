//! A plan of the Pulumi engine, read as a stream and told as who gains, loses and keeps which image.
//!
//! What it takes is recognised by content: a preview digest, an event log, a saved plan, the state of a
//! stack, or several of them one after the other. Two states are compared; a state before a plan fills in
//! what the plan leaves out.

mod book;
mod course;
mod declared;
mod entry;
mod message;
mod place;
mod problems;
mod report;
mod rows;
mod sieve;
mod words;

pub use report::{Cell, ImageReport, Note, Problem, Replacement, Report, Row, Totals};

use crate::names::{Name, Names};
use book::{Book, Shapes};
use course::Course;
use declared::{ABSENT, SECRET, UNKNOWN};
use entry::{Change, Order};
use sieve::Sieve;

use crate::rules::ACCOUNTS_PER_IMAGE;

/// A plan that is being read.
#[derive(Debug)]
pub struct Plan {
    sieve: Sieve,
    book: Book,
    course: Option<Course>,
    is_empty: bool,
    limit: u32,
}

impl Plan {
    /// A plan under a limit of accounts an image, or the usual one.
    pub fn new(limit: Option<u32>) -> Self {
        Self {
            sieve: Sieve::new(),
            book: Book::new(),
            course: None,
            is_empty: true,
            limit: limit.unwrap_or(ACCOUNTS_PER_IMAGE as u32),
        }
    }

    /// Takes the next bytes of the file, as many as there are. A second file follows the first.
    pub fn feed(&mut self, chunk: &[u8]) {
        let Self { sieve, book, .. } = self;
        sieve.feed(chunk, &mut |found| book.take(found));
        self.is_empty = self.is_empty && chunk.iter().all(u8::is_ascii_whitespace);
    }

    /// Ends a file: what follows is another one.
    pub fn end_file(&mut self) {
        self.sieve.end_file();
    }

    /// Ends the last file and tells the plan.
    pub fn finish(&mut self) -> Report<'_> {
        self.sieve.end_file();
        let states = self.book.shapes.states;
        if states > 1 {
            for entry in &mut self.book.entries {
                if !entry.is_current {
                    entry.change = Change::Deleted;
                    entry.diagnostics.clear();
                }
            }
        }
        let course = self.course.insert(Course::run(&mut self.book.entries, self.limit));
        // What is looked up from here on is there already.
        tell(&self.book, course, &self.sieve, self.is_empty, self.limit)
    }
}

/// A name as a report shows it.
fn cell(texts: &Names, name: Name) -> Cell<'_> {
    match name {
        UNKNOWN => Cell::Hidden("unknown"),
        SECRET => Cell::Hidden("secret"),
        ABSENT => Cell::Hidden("absent"),
        declared::ODD => Cell::Hidden("malformed"),
        name => Cell::Text(texts.text(name)),
    }
}

fn sources(shapes: Shapes) -> Vec<&'static str> {
    let mut sources = Vec::new();
    if shapes.digest {
        sources.push("preview digest");
    }
    if shapes.events {
        sources.push("event log");
    }
    if shapes.plan {
        sources.push("saved plan");
    }
    match shapes.states {
        0 => {}
        1 => sources.push("stack state"),
        _ => sources.push("two stack states"),
    }
    sources
}

fn tell<'a>(
    book: &'a Book,
    course: &'a mut Course,
    sieve: &'a Sieve,
    is_empty: bool,
    limit: u32,
) -> Report<'a> {
    let shapes = book.shapes;
    let (rows, hidden) = rows::rows(book, course);
    let course = &*course;
    let mut totals = Totals {
        resources: book.entries.len() as u32,
        images: course.images.len() as u32,
        others: book.others,
        unknown: hidden.unknown,
        secret: hidden.secret,
        replaced: book.entries.iter().filter(|entry| entry.change == Change::Replaced).count() as u32,
        ..Totals::default()
    };
    for image in &course.images {
        totals.before += image.before;
        totals.gained += image.gained;
        totals.lost += image.lost;
        totals.kept += image.kept;
        totals.after += image.after();
    }
    let sources = sources(shapes);
    let input = words::input(&words::Input {
        is_empty,
        is_known: !sources.is_empty(),
        is_cut: sieve.is_cut,
        line: sieve.line(),
        broken: sieve.broken.as_ref(),
        unreadable: book.unreadable + sieve.too_long,
    });
    let problems = problems::problems(book, course, limit, input);
    for problem in &problems {
        if problem.severity == crate::diagnostic::Severity::Error {
            totals.errors += 1;
        } else {
            totals.warnings += 1;
        }
    }
    let incomplete = shapes.digest && shapes.states == 0 && book.sames > 0;
    let mut notes = Vec::new();
    let mut add = |code, number: usize, help| {
        if number > 0 {
            notes.push(words::note(code, number as u32, help));
        }
    };
    let failed = book
        .messages
        .iter()
        .any(|message| !message.is_policy && message.severity == crate::diagnostic::Severity::Error);
    add("plan-failed", usize::from(failed), "");
    add(
        "unchanged-left-out",
        if incomplete { book.sames as usize } else { 0 },
        "preview with --show-sames, or give the output of `pulumi stack export` before the plan",
    );
    let absent = book.entries.iter().filter(|entry| {
        entry.old.is_none()
            && matches!(entry.change, Change::Deleted | Change::Replaced | Change::Updated | Change::Left)
    });
    add("removed-not-in-file", absent.count(), "give the output of `pulumi stack export` before the plan");
    let assumed = book.entries.iter().filter(|entry| {
        entry.change == Change::Replaced && entry.order == Order::Assumed && shapes.states < 2
    });
    add("order-assumed", assumed.count(), "preview with --show-replacement-steps");
    add("steps-unknown", book.unknown_steps as usize, "update this tool");
    add("disk-reset", totals.lost as usize, "");
    let over = course.images.iter().filter(|image| image.peak > limit).count() as u32;
    let images = course
        .images
        .iter()
        .map(|image| ImageReport {
            image: cell(&book.texts, image.image),
            region: cell(&book.texts, image.region),
            before: image.before,
            peak: image.peak,
            after: image.after(),
            gained: image.gained,
            lost: image.lost,
            kept: image.kept,
            replaced: image.replaced,
            hidden: image.hidden,
        })
        .collect();
    Report {
        version: 1,
        summary: words::summary(&totals, over, incomplete),
        sources,
        limit,
        incomplete,
        totals,
        problems,
        notes,
        images,
        rows,
    }
}

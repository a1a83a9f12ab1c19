//! What is wrong with a plan: what the rules, the engine and the policies say, and what its course shows.

use super::book::{Book, name_of, type_of};
use super::course::Course;
use super::declared::Declared;
use super::entry::Entry;
use super::report::{Cell, Problem};
use super::{cell, words};
use crate::diagnostic::{Code, Severity};
use crate::rules::{Conflict, sum};

/// Every problem, errors first, else in the order of the plan.
pub(super) fn problems<'a>(
    book: &'a Book,
    course: &Course,
    limit: u32,
    input: Option<(&'static str, bool, String, String)>,
) -> Vec<Problem<'a>> {
    let mut all = Vec::new();
    if let Some((code, is_error, message, help)) = input {
        let severity = if is_error { Severity::Error } else { Severity::Warning };
        all.push(Problem { severity, from: "input", ..ours(code, message, &help) });
    }
    all.extend(messages(book));
    all.extend(over_limit(book, course, limit));
    all.extend(claims(book, course));
    all.extend(rules(book));
    let (mut errors, warnings): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|problem| problem.severity == Severity::Error);
    errors.extend(warnings);
    errors
}

fn ours<'a>(code: &'a str, message: String, help: &str) -> Problem<'a> {
    Problem {
        severity: Severity::Error,
        from: "rules",
        code,
        message,
        help: help.into(),
        resource: "",
        kind: "",
        property: String::new(),
        image: None,
        region: None,
    }
}

fn at<'a>(book: &'a Book, index: usize, problem: Problem<'a>) -> Problem<'a> {
    let urn = book.urn(index);
    Problem { resource: name_of(urn), kind: type_of(urn), ..problem }
}

fn on<'a>(book: &'a Book, declared: Option<&Declared>, problem: Problem<'a>) -> Problem<'a> {
    Problem {
        image: declared.map(|declared| cell(&book.texts, declared.image)),
        region: declared.map(|declared| cell(&book.texts, declared.region)),
        ..problem
    }
}

fn rules(book: &Book) -> Vec<Problem<'_>> {
    let mut problems = Vec::new();
    for (index, entry) in book.entries.iter().enumerate() {
        // What goes needs no judging.
        let Some(declared) = entry.after() else { continue };
        for diagnostic in &entry.diagnostics {
            let problem = Problem {
                severity: diagnostic.severity,
                property: diagnostic.property.map(|path| path.to_string()).unwrap_or_default(),
                ..ours(diagnostic.code.name(), diagnostic.message(), &diagnostic.help)
            };
            problems.push(on(book, Some(declared), at(book, index, problem)));
        }
    }
    problems
}

fn messages(book: &Book) -> impl Iterator<Item = Problem<'_>> {
    book.messages.iter().map(|message| Problem {
        severity: message.severity,
        from: if message.is_policy { "policy" } else { "pulumi" },
        resource: name_of(&message.urn),
        kind: type_of(&message.urn),
        property: message.property.clone(),
        ..ours(&message.code, message.text.clone(), &message.help)
    })
}

fn over_limit<'a>(book: &'a Book, course: &Course, most: u32) -> Vec<Problem<'a>> {
    let over = course.images.iter().filter(|image| image.peak > most);
    over.map(|image| {
        let id = cell(&book.texts, image.image);
        let numbers = [image.before, image.peak_added, image.peak_removed, most].map(|it| it as usize);
        let [live, coming, going, limit] = numbers;
        let name = match id {
            Cell::Text(text) => text,
            Cell::Hidden(why) => why,
        };
        Problem {
            image: Some(id),
            region: Some(cell(&book.texts, image.region)),
            ..ours(
                Code::ImageAccountLimit.name(),
                format!("image {name} {}", sum(live, coming, going, limit)),
                Code::ImageAccountLimit.help(),
            )
        }
    })
    .collect()
}

fn claims<'a>(book: &'a Book, course: &Course) -> Vec<Problem<'a>> {
    let mut problems = Vec::new();
    for holding in course.holdings.iter().filter(|holding| holding.claims > 0) {
        let index = holding.last_claim as usize;
        let declared = book.entries.get(index).and_then(Entry::after);
        let account = book.texts.text(holding.account);
        let problem = if !holding.now {
            ours("share-revoked", words::revoked(account), words::REVOKED_HELP)
        } else if holding.claims > 1 {
            let image = declared.map_or("", |declared| book.texts.text(declared.image));
            let resources = [holding.first_claim as usize, index];
            let conflict = Conflict::Duplicate { resources, accounts: vec![account] };
            let said = conflict.diagnostic(image, |index| name_of(book.urn(index)));
            ours(said.code.name(), said.message(), &said.help)
        } else {
            continue;
        };
        problems.push(on(book, declared, at(book, index, problem)));
    }
    problems
}

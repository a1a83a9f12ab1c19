//! What is wrong with a plan: what the rules, the engine and the policies say, and what its course shows.

use super::book::{Book, name_of, type_of};
use super::course::{Course, Holding};
use super::declared::Declared;
use super::report::Problem;
use super::{cell, words};
use crate::diagnostic::{Severity, quote};

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
        property: "",
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
                property: diagnostic.property.unwrap_or_default(),
                ..ours(diagnostic.code, diagnostic.message.clone(), &diagnostic.help)
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
        property: &message.property,
        ..ours(&message.code, message.text.clone(), &message.help)
    })
}

fn over_limit<'a>(book: &'a Book, course: &Course, limit: u32) -> Vec<Problem<'a>> {
    let over = course.images.iter().filter(|image| image.peak > limit);
    over.map(|image| Problem {
        image: Some(cell(&book.texts, image.image)),
        region: Some(cell(&book.texts, image.region)),
        ..ours(
            "image-account-limit",
            words::over_limit(image.before, image.peak_added, image.peak_removed, image.peak, limit),
            words::OVER_LIMIT_HELP,
        )
    })
    .collect()
}

fn claims<'a>(book: &'a Book, course: &Course) -> Vec<Problem<'a>> {
    let told = |holding: &Holding, code, message, help| {
        let index = holding.claimed_by as usize;
        let declared = book.entries.get(index).and_then(|entry| entry.after());
        on(book, declared, at(book, index, ours(code, message, help)))
    };
    let mut problems = Vec::new();
    for holding in &course.holdings {
        let account = || quote(book.texts.text(holding.account));
        if holding.claims > 0 && !holding.now {
            problems.push(told(holding, "share-revoked", words::revoked(&account()), words::REVOKED_HELP));
        } else if holding.claims > 1 {
            let message = words::claimed_twice(&account(), holding.claims);
            problems.push(told(holding, "duplicate-share", message, words::CLAIMED_TWICE_HELP));
        }
    }
    problems
}

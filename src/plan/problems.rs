//! What is wrong with a plan: what the rules, the engine and the policies say, and what its timeline shows.

use super::cell::Cell;
use super::collector::Collector;
use super::declared::Declared;
use super::entry::Entry;
use super::input::STREAM;
use super::message::{LONGEST, Message};
use super::report::{Finder, Origin, Problem, Report};
use super::timeline::Timeline;
use super::urn::{name_of, type_of};
use crate::diagnostic::{Code, Severity};
use crate::naming::Naming;
use crate::rules::{Conflict, exceeded, sum};

/// What a program wrote is shown as far as so many lines.
const SHOWN_LINES: usize = 6;

/// Every problem, errors first, else in the order of the plan.
pub(super) fn problems(report: &Report, collector: &Collector, timeline: &mut Timeline) -> Vec<Problem> {
    let mut all: Vec<Problem> = messages(collector);
    if !all.iter().any(|problem| problem.severity == Severity::Error) {
        all.extend(failure(collector));
    }
    all.extend(over_limit(report, timeline));
    all.extend(claims(report, collector, timeline));
    all.extend(rules(collector, timeline));
    all.extend(pending(collector));
    let (mut errors, warnings): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|problem| problem.severity == Severity::Error);
    errors.extend(warnings);
    errors
}

fn ours(code: Code, message: String, help: &str) -> Problem {
    Problem {
        severity: code.info().severity,
        finder: Finder::Rules,
        code: code.name().into(),
        policy: String::new(),
        pack: String::new(),
        message,
        help: help.into(),
        values: Vec::new(),
        resource: String::new(),
        kind: String::new(),
        property: String::new(),
        image: None,
    }
}

fn at(urn: &str, problem: Problem) -> Problem {
    Problem { resource: name_of(urn).into(), kind: type_of(urn).into(), ..problem }
}

fn rules(collector: &Collector, timeline: &mut Timeline) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, entry) in collector.entries.iter().enumerate() {
        // What goes needs no judging.
        let Some(declared) = entry.after() else { continue };
        for diagnostic in entry.judged.iter().filter(|it| it.severity != Severity::Info) {
            let problem = Problem {
                severity: diagnostic.severity,
                property: diagnostic.property.map(|path| path.to_string()).unwrap_or_default(),
                values: diagnostic.values.clone(),
                image: Some(timeline.image(declared)),
                ..ours(diagnostic.code, diagnostic.message(), &diagnostic.help())
            };
            problems.push(at(collector.urn(index), problem));
        }
    }
    problems
}

fn messages(collector: &Collector) -> Vec<Problem> {
    let has_cause = |message: &Message| {
        collector.messages.iter().any(|other| other.severity == Severity::Error && other != message)
    };
    let messages = collector.messages.iter().filter(|message| !(message.is_closing() && has_cause(message)));
    let problems = messages.map(|message| {
        // A digest leaves out what policies said, also where they are why the preview failed.
        let is_unexplained = collector.shapes.digest
            && !collector.shapes.events
            && message.urn.is_empty()
            && message.severity == Severity::Error;
        let problem = Problem {
            severity: message.severity,
            finder: if message.is_policy { Finder::Policy } else { Finder::Engine },
            code: message.code.clone(),
            policy: message.policy.clone(),
            pack: message.pack.clone(),
            property: message.property.clone(),
            ..ours(Code::PreviewFailed, message.text.clone(), if is_unexplained { STREAM } else { "" })
        };
        if message.urn.is_empty() { problem } else { at(&message.urn, problem) }
    });
    problems.collect()
}

/// A command that failed, where no message says why: a policy pack or a program that ended with an exception
/// leaves no more than what it wrote.
fn failure(collector: &Collector) -> Option<Problem> {
    let is_unfinished = collector.shapes.events && !collector.has_result;
    (is_unfinished || collector.is_result_failed).then(|| {
        let mut message = "the command failed".to_owned();
        let lines = collector.stderr.lines().map(str::trim).filter(|line| !line.is_empty());
        for line in lines.take(SHOWN_LINES) {
            message.push('\n');
            message.extend(line.chars().take(LONGEST));
        }
        Problem { finder: Finder::Engine, ..ours(Code::PreviewFailed, message, Code::PreviewFailed.help()) }
    })
}

fn over_limit(report: &Report, timeline: &Timeline) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, image) in timeline.images.iter().enumerate() {
        if image.peak <= report.limit {
            continue;
        }
        let numbers = [image.before, image.peak_added, image.peak_removed, report.limit];
        let [live, added, removed, limit] = numbers.map(|number| number as usize);
        let name = match report.cell(image.image) {
            Cell::Text(text) => text,
            Cell::Hidden(_) => "",
        };
        // What has more than the limit already has a raised quota; and a state has what it has.
        let is_there = matches!(report.origin, Origin::State | Origin::Comparison);
        if is_there || image.before > report.limit {
            let has = if is_there { image.now } else { image.before };
            if has > report.limit {
                let exceeded = exceeded(name, has as usize, report.limit as usize);
                problems.push(Problem {
                    image: Some(index as u32),
                    ..ours(exceeded.code, exceeded.message(), &exceeded.help())
                });
            }
            continue;
        }
        problems.push(Problem {
            image: Some(index as u32),
            values: [image.peak, report.limit, image.before, image.peak_added, image.peak_removed]
                .map(|number| number.to_string())
                .into(),
            ..ours(
                Code::ImageAccountLimit,
                format!("image {name} {}", sum(live, added, removed, limit)),
                &Naming::DYNAMIC.fill(Code::ImageAccountLimit.help()),
            )
        });
    }
    problems
}

fn claims(report: &Report, collector: &Collector, timeline: &mut Timeline) -> Vec<Problem> {
    let mut problems = Vec::new();
    let holdings = timeline.holdings.clone();
    for holding in holdings.iter().filter(|holding| holding.claims > 0) {
        let index = holding.last_claim as usize;
        let declared = collector.entries.get(index).and_then(Entry::after);
        let account = report.texts.text(holding.account);
        let (problem, values) = if !holding.now {
            let message = format!(
                "account {account} loses the image although this resource shares it: another step deletes the same share"
            );
            (ours(Code::ShareRevoked, message, Code::ShareRevoked.help()), vec![account.to_owned()])
        } else if holding.claims > 1 {
            let image = declared.map_or("", |declared: &Declared| report.texts.text(declared.image));
            let resources = [holding.first_claim as usize, index];
            let conflict = Conflict::Duplicate { resources, accounts: vec![account] };
            let twice = conflict.diagnostic(image, |index| name_of(collector.urn(index)));
            (ours(twice.code, twice.message(), &twice.help()), twice.values)
        } else {
            continue;
        };
        let image = declared.map(|declared| timeline.image(declared));
        problems.push(at(collector.urn(index), Problem { image, values, ..problem }));
    }
    problems
}

fn pending(collector: &Collector) -> impl Iterator<Item = Problem> {
    collector.pending.iter().map(|pending| {
        let operation = &pending.operation;
        let problem = Problem {
            values: vec![operation.clone()],
            ..ours(
                Code::PendingOperation,
                format!("the operation `{operation}` was interrupted, and its outcome is in doubt"),
                Code::PendingOperation.help(),
            )
        };
        at(&pending.urn, problem)
    })
}

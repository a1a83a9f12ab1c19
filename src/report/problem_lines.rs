//! Problems as lines: like ones together where there are many.

use super::lines::{ProblemGroup, ProblemList, ProblemLocation};
use super::markup::visible;
use super::problem::say;
use super::view::View;
use super::words::Language;
use crate::address_book::AddressBook;
use crate::diagnostic::Severity;
use crate::interner::{Interner, Symbol};
use crate::plan::{Cell, Finder, Origin, Problem, Report};

/// Problems of one code are shown one by one up to this many.
const SHOWN_PROBLEMS: usize = 3;
/// The places that a group of problems names.
const SHOWN_PLACES: usize = 8;

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

impl ProblemGroup {
    /// Who found it and by which rule: its parts, none of which is empty.
    pub(super) fn rule(&self) -> impl Iterator<Item = &str> {
        [self.finder, &self.policy, &self.code].into_iter().filter(|part| !part.is_empty())
    }
}

impl View<'_> {
    pub(super) fn problems(&self) -> Vec<ProblemList> {
        let is_deployment = self.report.origin == Origin::Deployment && !self.report.is_unreadable;
        let errors = if is_deployment { self.words.blocks } else { self.words.errors };
        let lists = [(Severity::Error, errors), (Severity::Warning, self.words.warns)];
        let lists = lists.into_iter().map(|(severity, heading)| {
            let problems: Vec<&Problem> =
                self.report.problems.iter().filter(|problem| problem.severity == severity).collect();
            ProblemList { heading, number: problems.len() as u32, groups: self.grouped(&problems) }
        });
        lists.filter(|list| list.number > 0).collect()
    }

    /// Problems of the same code together where there are many of them.
    pub(super) fn grouped(&self, problems: &[&Problem]) -> Vec<ProblemGroup> {
        let mut groups: Vec<Vec<&Problem>> = Vec::new();
        let mut kinds = Interner::default();
        for problem in problems {
            let code = if problem.code.is_empty() { &problem.message } else { &problem.code };
            let finder = (self.words.finder)(problem.finder, true);
            let kind = [finder, code, &problem.policy, &problem.pack].join("\0");
            match groups.get_mut(kinds.number(&kind).0) {
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

    pub(super) fn problem_group(&self, group: &[&Problem]) -> Option<ProblemGroup> {
        let first = group.first()?;
        let said = say(first, self.words.language);
        let more = group.len().saturating_sub(SHOWN_PLACES) as u32;
        Some(ProblemGroup {
            code: if first.code == first.policy { String::new() } else { first.code.clone() },
            policy: match (first.policy.as_str(), first.pack.as_str()) {
                (policy, "") => policy.into(),
                (policy, pack) => format!("{policy} ({pack})"),
            },
            severity: first.severity,
            finder: (self.words.finder)(first.finder, first.severity == Severity::Error),
            number: group.len() as u32,
            message: said.message.lines().map(visible).collect::<Vec<_>>().join("\n"),
            help: visible(&said.help),
            is_translated: said.is_translated,
            is_foreign: matches!(first.finder, Finder::Policy | Finder::Engine),
            places: group.iter().take(SHOWN_PLACES).filter_map(|problem| self.place(problem)).collect(),
            more: if more > 0 { (self.words.more)(more) } else { String::new() },
        })
    }

    pub(super) fn place(&self, problem: &Problem) -> Option<ProblemLocation> {
        let image = problem.image.and_then(|index| self.report.image(index));
        let text = |name: Symbol| match self.report.cell(name) {
            Cell::Text(text) => visible(text),
            Cell::Hidden(_) => String::new(),
        };
        let place = ProblemLocation {
            resource: visible(&problem.resource),
            property: visible(&problem.property),
            image: image.map(|image| text(image.image)).unwrap_or_default(),
            region: image.map(|image| text(image.region)).unwrap_or_default(),
            image_index: problem.image,
        };
        (place != ProblemLocation { image_index: None, ..empty_place() }).then_some(place)
    }
}

fn empty_place() -> ProblemLocation {
    ProblemLocation {
        resource: String::new(),
        property: String::new(),
        image: String::new(),
        region: String::new(),
        image_index: None,
    }
}

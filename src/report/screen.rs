//! The first screen: the verdict, what blocks, who loses, who gains, access that moves, images that change,
//! and what nobody judged, in this order, for the page, the comment and the terminal.

use super::lines::{Count, Filter, Level, Line, Screen};
use super::markup::visible;
use super::sections::sections;
use super::view::{View, minute};
use super::words::Language;
use crate::address_book::AddressBook;
use crate::diagnostic::Severity;
use crate::plan::{CHANGES, Change, Note, Origin, Policies, Report};

/// The first screen of a report in a language, with the names of an address book.
pub fn screen(report: &Report, language: Language, book: &AddressBook) -> Screen {
    View { report, words: language.words(), book }.screen()
}

impl View<'_> {
    fn screen(&self) -> Screen {
        let Self { report, words, .. } = self;
        let level = self.level();
        Screen {
            title: words.title,
            subject: self.subject(),
            stack: visible(&report.stack),
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
            filters: CHANGES
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

    pub(super) fn subject(&self) -> String {
        let parts = [&self.report.project, &self.report.stack];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        visible(&parts.join(" / "))
    }

    pub(super) fn facts(&self) -> Vec<String> {
        let Self { report, words, .. } = self;
        let mut facts: Vec<String> = report.files.iter().map(|file| visible(&file.name)).collect();
        facts.extend(report.sources.iter().map(|source| (words.source)(source).into()));
        if !report.time.is_empty() {
            facts.push(minute(&report.time));
        }
        if report.others > 0 {
            facts.push((words.others)(report.others));
        }
        facts
    }

    pub(super) fn hashes(&self) -> Vec<String> {
        let files = self.report.files.iter().filter(|file| !file.sha256.is_empty());
        files.map(|file| format!("{} SHA-256 {}", visible(&file.name), file.sha256)).collect()
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
            (Level::Blocked, Origin::Deployment) => (words.blocked)(report.count(Severity::Error)),
            (Level::Check, Origin::Deployment) => (words.check)(report.count(Severity::Warning)),
            (_, Origin::State) => words.state.into(),
            (_, Origin::Comparison) => (words.compared)(report.states.len()),
            (_, Origin::Refresh) => words.refreshed.into(),
            (Level::Clear, _) if report.is_incomplete || !self.not_judged().is_empty() => {
                words.clear_so_far.into()
            }
            _ => words.clear.into(),
        }
    }

    pub(super) fn count(&self, change: Change) -> Count {
        let number = self.report.counts.of(change);
        Count {
            text: (self.words.count)(self.report.origin, change, number, self.at_least(change)),
            number,
            opens: Filter::of(change, None),
        }
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

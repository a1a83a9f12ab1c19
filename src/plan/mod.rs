//! A plan or a state, read as a stream: who gains, loses and keeps which image, and what is wrong with that.
//!
//! What it takes is recognised by content: a preview digest, an event log, a saved plan, the state of a
//! stack, a plan or a state of Terraform, or several of them one after the other. Two states are compared; a
//! state before a plan fills in what the plan leaves out.

mod access;
mod adoption;
mod cell;
mod collector;
mod declared;
mod entry;
mod history;
mod input;
mod json_path;
mod message;
mod problems;
mod report;
mod rows;
mod runs;
mod scanner;
mod states;
mod steps;
mod terraform;
mod terraform_region;
mod timeline;
mod urn;

pub use access::{CHANGES, Change, Counts, Meaning, Move, Row};
pub(crate) use cell::cell;
pub use cell::{Cell, Hidden};
pub(crate) use declared::{ABSENT, texts};
pub use report::{File, Finder, Image, NOTES, Note, Origin, Policies, Problem, Report};

use collector::{Collector, Shapes};
use entry::Fate;
use input::Packed;
use scanner::Scanner;
use timeline::{Timed, Timeline};

use crate::diagnostic::Severity;
use crate::rules::ACCOUNTS_PER_IMAGE;

/// A plan that is being read.
///
/// # Example
/// ```
/// use alicloud_image_share::plan::Plan;
///
/// let digest = br#"{"changeSummary": {}, "steps": [{
///     "op": "create",
///     "urn": "urn:pulumi:dev::images::pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission::web",
///     "newState": {"inputs": {"imageId": "m-bp1example", "accountId": "1234567890123456"}}
/// }]}"#;
/// let mut plan = Plan::new(None);
/// plan.feed(digest);
/// plan.end_file();
/// plan.name("plan.json", "", "");
///
/// let report = plan.finish();
/// assert_eq!((report.counts.gained, report.counts.lost), (1, 0));
/// ```
#[derive(Debug)]
pub struct Plan {
    scanner: Scanner,
    collector: Collector,
    files: Vec<File>,
    /// Files that ended, and the first of them in which nothing was recognised.
    ended: usize,
    silent: Option<usize>,
    /// How the first file begins that is an archive or of another encoding, and which it is.
    packed: Option<(Packed, usize)>,
    is_empty: bool,
    limit: u32,
    time: String,
}

impl Plan {
    /// A plan under a limit of accounts an image, or the usual one.
    pub fn new(limit: Option<u32>) -> Self {
        Self {
            scanner: Scanner::new(),
            collector: Collector::new(),
            files: Vec::new(),
            ended: 0,
            silent: None,
            packed: None,
            is_empty: true,
            limit: limit.unwrap_or(ACCOUNTS_PER_IMAGE as u32),
            time: String::new(),
        }
    }

    /// Takes the next bytes of the file, as many as there are. A second file follows the first.
    pub fn feed(&mut self, chunk: &[u8]) {
        let Self { scanner, collector, .. } = self;
        scanner.feed(chunk, &mut |found| collector.take(found));
        self.is_empty = self.is_empty && chunk.iter().all(u8::is_ascii_whitespace);
    }

    /// Ends a file: what follows is another one.
    pub fn end_file(&mut self) {
        self.leave_file();
        if !std::mem::take(&mut self.collector.is_recognised) {
            self.silent.get_or_insert(self.ended);
        }
        self.ended += 1;
        self.collector.end_file();
    }

    fn leave_file(&mut self) {
        self.scanner.end_file();
        let magic = std::mem::take(&mut self.scanner.magic);
        if self.packed.is_none() {
            self.packed = Packed::of(&magic).map(|packed| (packed, self.ended));
        }
    }

    /// Names a file: its hash, empty where there is none, and its time, which counts where no file has one.
    pub fn name(&mut self, name: &str, sha256: &str, time: &str) {
        self.files.push(File { name: name.into(), sha256: sha256.into() });
        self.time = time.into();
    }

    /// Ends the last file and says what the plan does.
    pub fn finish(mut self) -> Report {
        self.leave_file();
        let collector = &mut self.collector;
        collector.supersede();
        if collector.shapes.states > 1 {
            collector.end_states();
        }
        collector.keep_adopted();
        let silent = self.silent.filter(|_| self.ended > 1);
        let fault = match self.packed {
            Some((packed, index)) => {
                let name = (self.ended > 1).then(|| input::name(index, &self.files));
                Some(packed.fault(name))
            }
            None => input::fault(collector, &self.scanner, self.is_empty)
                .filter(|fault| silent.is_none() || fault.severity == Severity::Error)
                .or_else(|| silent.map(|index| input::silent(index, &self.files))),
        };
        let mut report = Report {
            sources: sources(collector.shapes),
            project: std::mem::take(&mut collector.project),
            stack: std::mem::take(&mut collector.stack),
            time: if collector.time.is_empty() { self.time } else { collector.time.clone() },
            states: states(collector, &self.files),
            files: self.files,
            limit: self.limit,
            is_unreadable: fault.as_ref().is_some_and(|fault| fault.severity == Severity::Error),
            ..Report::default()
        };
        if report.is_unreadable {
            // Nothing that looks like a result may stand beside what is wrong with the file.
            report.texts = texts();
        } else {
            fill(&mut report, collector);
        }
        if let Some(fault) = fault {
            let problem = Problem {
                severity: fault.severity,
                finder: Finder::Input,
                code: fault.code.name().into(),
                policy: String::new(),
                pack: String::new(),
                message: fault.message,
                help: fault.help,
                values: fault.values,
                resource: String::new(),
                kind: String::new(),
                property: String::new(),
                image: None,
            };
            let errors = report.count(Severity::Error) as usize;
            report.problems.insert(if report.is_unreadable { 0 } else { errors }, problem);
        }
        report
    }
}

/// The words for the kinds of files, as the JSON has them.
fn sources(shapes: Shapes) -> Vec<String> {
    let kinds = [
        (shapes.digest, "preview digest"),
        (shapes.events, "event log"),
        (shapes.plan, "saved plan"),
        (shapes.terraform_plan, "Terraform plan"),
        (shapes.states == 1, "state"),
        (shapes.states == 2, "two states"),
        (shapes.states > 2, "several states"),
    ];
    kinds.iter().filter(|(is_there, _)| *is_there).map(|(_, name)| (*name).to_owned()).collect()
}

/// What tells states apart: when each was written, else the name of its file; none where nothing is compared.
fn states(collector: &Collector, files: &[File]) -> Vec<String> {
    let times = &collector.state_times;
    if times.len() < 2 {
        return Vec::new();
    }
    let has_files = files.len() == times.len();
    let named = |(index, time): (usize, &String)| match files.get(index) {
        Some(file) if time.is_empty() && has_files => file.name.clone(),
        _ => time.clone(),
    };
    times.iter().enumerate().map(named).collect()
}

fn image(timed: &Timed) -> Image {
    Image {
        image: timed.image,
        region: timed.region,
        before: timed.before,
        peak: timed.peak,
        after: timed.now,
        peak_added: timed.peak_added,
        peak_removed: timed.peak_removed,
        is_open: timed.is_open,
        is_authoritative: false,
        counts: Counts::default(),
    }
}

fn fill(report: &mut Report, collector: &mut Collector) {
    let shapes = collector.shapes;
    collector.place();
    let mut timeline = if shapes.states > 1 {
        Timeline::compare(&collector.entries)
    } else {
        Timeline::run(&mut collector.entries, report.limit)
    };
    report.texts = std::mem::take(&mut collector.texts);
    report.images = timeline.images.iter().map(image).collect();
    report.resources = collector.entries.len() as u32;
    report.others = collector.others;
    report.origin = origin(collector);
    report.policies = policies(collector);
    rows::fill(report, collector, &mut timeline);
    report.problems = problems::problems(report, collector, &mut timeline);
    notes(report, collector);
    let is_noted = |wanted: Note| report.notes.iter().any(|(note, _)| *note == wanted);
    report.is_incomplete = shapes.states == 0 && is_noted(Note::UnchangedLeftOut)
        || is_noted(Note::RemovedNotInFile)
        || is_noted(Note::ChangesLeftOut)
        || is_noted(Note::PlanFailed)
        || shapes.plan && shapes.states == 0;
}

fn origin(collector: &Collector) -> Origin {
    let shapes = collector.shapes;
    let has_plan = shapes.digest || shapes.events || shapes.plan || shapes.terraform_plan;
    match shapes.states {
        0 | 1 if has_plan && collector.refreshes > 0 && collector.deploys == 0 => Origin::Refresh,
        0 => Origin::Deployment,
        1 if has_plan => Origin::Deployment,
        1 => Origin::State,
        _ => Origin::Comparison,
    }
}

fn policies(collector: &Collector) -> Policies {
    let shapes = collector.shapes;
    match (shapes.digest || shapes.plan || shapes.terraform_plan, shapes.events) {
        (_, true) if collector.has_policies => Policies::Judged,
        (_, true) => Policies::NoneRan,
        (true, false) => Policies::NotInFile,
        (false, false) => Policies::NotApplicable,
    }
}

fn notes(report: &mut Report, collector: &Collector) {
    let shapes = collector.shapes;
    let is_failed = collector.is_failed
        || shapes.events && !collector.has_result
        || collector.messages.iter().any(|message| {
            message.severity == Severity::Error
                && !message.is_policy
                && (!message.is_closing() || collector.messages.len() == 1)
        });
    let ends = |fate| matches!(fate, Fate::Deleted | Fate::Replaced | Fate::Left);
    let absent = collector.entries.iter().filter(|entry| entry.old.is_none() && ends(entry.fate)).count();
    // An update in a saved plan does not say what it takes away.
    let updated = collector.entries.iter().filter(|entry| entry.old.is_none() && entry.fate == Fate::Updated);
    let assumed = report.moves.iter().filter(|it| it.is_assumed && shapes.states < 2).count();
    let hidden =
        Report::HIDDEN.map(|(_, name)| report.rows.iter().filter(|row| report.has_hidden(row, name)).count());
    let [unknown, secret] = hidden;
    let sames = if shapes.digest && shapes.states == 0 { collector.sames() } else { 0 };
    for note in NOTES {
        let count = match note {
            Note::PlanFailed => u32::from(is_failed),
            Note::UnchangedLeftOut => sames,
            Note::ChangesLeftOut => collector.unseen_changes(),
            Note::RemovedNotInFile => (absent + updated.clone().count()) as u32,
            Note::OrderAssumed => assumed as u32,
            Note::StepsUnknown => collector.unknown_steps,
            Note::Unknown => unknown as u32,
            Note::Secret => secret as u32,
            Note::Drifted => collector.drifted,
            Note::Deferred => collector.deferred,
        };
        if count > 0 {
            report.notes.push((note, count));
        }
    }
}

//! Takes the records of a file and keeps what they say of shares.

use super::adoption::Providers;
use super::declared;
use super::entry::Entry;
use super::history::Sighting;
use super::json_path::Kind;
use super::message::{self, Message};
use super::runs::Run;
use super::scanner::Found;
use super::terraform;
use super::urn::type_of;
use crate::engine_files::unmark;
use crate::interner::{Interner, Symbol};
use crate::json;
use crate::rules::ResourceType;
use crate::value::Value;

/// What kinds of files were read: more than one where they were given together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shapes {
    pub digest: bool,
    pub events: bool,
    pub plan: bool,
    pub states: u32,
    pub terraform_plan: bool,
    /// Whether the file names resources and says nothing of them (`pulumi preview --output json`).
    pub names_only: bool,
}

/// An operation that had not ended when the state was written.
#[derive(Debug)]
pub(super) struct Pending {
    pub urn: String,
    pub operation: String,
}

/// What the files say, record by record.
#[derive(Debug)]
pub(super) struct Collector {
    pub texts: Interner,
    /// The URNs of [`Self::entries`], in the same order.
    pub urns: Interner,
    pub entries: Vec<Entry>,
    pub messages: Vec<Message>,
    pub pending: Vec<Pending>,
    pub shapes: Shapes,
    /// Whether something of the file that is being read was recognised.
    pub is_recognised: bool,
    /// Resources of other types.
    pub others: u32,
    /// When each state was written; empty where it does not say.
    pub state_times: Vec<String>,
    /// Who had which image in which state.
    pub sightings: Vec<Sighting>,
    /// How often the engine counts each operation, less those in the file.
    counts: Vec<(u32, String, i64)>,
    /// Records that could not be read.
    pub unreadable: u32,
    /// Steps whose operation is not known here.
    pub unknown_steps: u32,
    /// Steps that only a deployment has, and steps that refresh: a refresh deletes and updates as well.
    pub deploys: u32,
    pub refreshes: u32,
    /// Providers of the plugin.
    pub providers: Providers,
    /// The runs of the engine, in the order of the files.
    pub runs: Vec<Run>,
    /// Whether a log of events has the last one of its run, and whether an earlier run has not.
    pub has_end: bool,
    pub is_log_cut: bool,
    /// Whether the log has the result of the command.
    pub has_result: bool,
    /// What the program, or a policy pack, wrote to its standard error.
    pub stderr: String,
    /// Whether a policy pack ran, as far as the file shows.
    pub has_policies: bool,
    /// When the file was written, where it says so.
    pub time: String,
    /// The project and stack, as the first URN has them.
    pub project: String,
    pub stack: String,
    /// Names of stacks and projects that runs are of.
    pub stacks: Interner,
    /// The version of Terraform's format, and of Terraform where a raw state has it.
    pub format_version: String,
    pub terraform_version: String,
    /// Whether the plan itself says that it failed.
    pub is_failed: bool,
    /// Shares that changed behind Terraform's back.
    pub drifted: u32,
    /// Changes that Terraform leaves to a later plan.
    pub deferred: u32,
    /// Terraform's program and the values of its variables, which say where a resource is.
    pub configuration: Value,
    pub variables: Value,
    /// Messages of the run that were read: resource and text.
    pub said: Interner,
}

impl Collector {
    pub(super) fn new() -> Self {
        Self {
            texts: declared::texts(),
            urns: Interner::default(),
            entries: Vec::new(),
            messages: Vec::new(),
            pending: Vec::new(),
            shapes: Shapes::default(),
            is_recognised: false,
            others: 0,
            state_times: Vec::new(),
            sightings: Vec::new(),
            counts: Vec::new(),
            unreadable: 0,
            unknown_steps: 0,
            deploys: 0,
            refreshes: 0,
            providers: Providers::default(),
            runs: Vec::new(),
            has_end: false,
            is_log_cut: false,
            has_result: false,
            stderr: String::new(),
            has_policies: false,
            time: String::new(),
            project: String::new(),
            stack: String::new(),
            stacks: Interner::default(),
            format_version: String::new(),
            terraform_version: String::new(),
            is_failed: false,
            drifted: 0,
            deferred: 0,
            configuration: Value::Missing,
            variables: Value::Missing,
            said: Interner::default(),
        }
    }

    /// Ends a file: what follows is another one, with runs of its own.
    pub(super) fn end_file(&mut self) {
        let (has_end, has_result, has_policies) = (self.has_end, self.has_result, self.has_policies);
        let others = self.others;
        self.leave_run();
        (self.has_end, self.has_result, self.has_policies) = (has_end, has_result, has_policies);
        self.others = others;
    }

    pub(super) fn take(&mut self, found: Found<'_>) {
        match found {
            Found::Shape(kind) => self.shape(kind),
            Found::Misplaced => self.unreadable += 1,
            Found::Record(kind, bytes) => match json::read(bytes) {
                Some(record) => self.record(kind, &unmark(record)),
                None => self.unreadable += 1,
            },
        }
    }

    fn shape(&mut self, kind: Kind) {
        // A config alone is no plan.
        self.is_recognised |= kind != Kind::Config;
        match kind {
            Kind::Step | Kind::Counts => {
                self.enter_run(kind);
                self.shapes.digest = true;
            }
            Kind::Planned => self.shapes.plan = true,
            Kind::TerraformChange => self.shapes.terraform_plan = true,
            Kind::Resource if self.shapes.names_only || !self.terraform_version.is_empty() => return,
            Kind::State | Kind::Resource | Kind::TerraformResource => {
                self.shapes.states += 1;
                self.state_times.push(String::new());
                for entry in &mut self.entries {
                    entry.is_current = false;
                }
            }
            Kind::Message | Kind::Config => return self.enter_run(kind),
            _ => {
                self.enter_run(kind);
                return self.shapes.events = true;
            }
        }
        if kind != Kind::Counts {
            self.others = 0;
        }
    }

    fn record(&mut self, kind: Kind, record: &Value) {
        let names_none = |record: &Value| record.text_at("urn").is_empty();
        let is_unreadable = match kind {
            Kind::PreEvent => names_none(record.get("metadata")),
            Kind::Step | Kind::Resource | Kind::Planned => names_none(record),
            _ => false,
        };
        // What names no resource may be a share's. Names alone are judged as a whole.
        if is_unreadable && !self.shapes.names_only && self.terraform_version.is_empty() {
            self.unreadable += 1;
            return;
        }
        match kind {
            Kind::Step => self.step(record, record.get("oldState"), record.get("newState")),
            Kind::PreEvent => {
                let step = record.get("metadata");
                self.step(step, step.get("old"), step.get("new"));
            }
            Kind::OutputsEvent => self.refreshed(record.get("metadata")),
            Kind::Planned => self.planned(record),
            Kind::Resource => self.resource(record),
            Kind::Pending => self.pending_operation(record),
            Kind::Counts => self.count(record),
            Kind::SummaryEvent => {
                self.has_end = true;
                self.has_result = true;
                if let Some(run) = self.runs.last_mut() {
                    run.is_failed |= record.text_at("result") == "failed";
                }
                self.has_policies |= !matches!(record.get("PolicyPacks"), Value::Missing)
                    && *record.get("PolicyPacks") != Value::Map(Vec::new());
                self.count(record.get("resourceChanges"));
            }
            Kind::CancelEvent => self.has_end = true,
            Kind::Manifest => {
                self.time = record.text_at("time").into();
                if let Some(time) = self.state_times.last_mut() {
                    time.clone_from(&self.time);
                }
            }
            Kind::Header => self.header(record),
            Kind::Message | Kind::MessageEvent | Kind::PolicyEvent => {
                let is_policy = kind == Kind::PolicyEvent;
                if record.text_at("severity") == "info#err" {
                    self.stderr.push_str(&message::plain(record.text_at("message")));
                }
                self.has_policies |= is_policy;
                let run = self.run();
                if let Some(message) = Message::read(record, is_policy)
                    // The engine repeats itself: once a plugin and once a step.
                    && self.said.number(&[&message.urn, "\0", &message.text].concat()).1
                {
                    self.messages.push(Message { run, ..message });
                }
            }
            Kind::TerraformChange => self.terraform_change(record),
            Kind::TerraformDrift => self.drifted += terraform::count(record),
            Kind::TerraformDeferred => self.deferred += terraform::count(record.get("resource_change")),
            Kind::TerraformCheck => self.terraform_check(record),
            Kind::TerraformConfiguration => self.configuration = record.clone(),
            Kind::TerraformVariables => self.variables = record.clone(),
            Kind::TerraformResource => self.terraform_resource(record),
            Kind::Config => self.config(record),
            Kind::PreludeEvent => self.config(record.get("config")),
            Kind::State | Kind::OtherEvent => {}
        }
    }

    fn header(&mut self, record: &Value) {
        self.is_recognised = true;
        if record.get("result") != &Value::Missing {
            self.shapes.names_only = true;
        }
        self.is_failed |= *record.get("errored") == Value::Flag(true);
        for (key, kept) in [
            ("format_version", &mut self.format_version),
            ("terraform_version", &mut self.terraform_version),
            ("timestamp", &mut self.time),
        ] {
            if let Some(text) = record.get(key).text() {
                *kept = text.into();
            }
        }
    }

    fn count(&mut self, counts: &Value) {
        if let Value::Map(entries) = counts {
            for (operation, count) in entries {
                if let Value::Whole(count) = count {
                    self.add(operation, i64::try_from(*count).unwrap_or(i64::MAX));
                }
            }
        }
    }

    pub(super) fn add(&mut self, operation: &str, count: i64) {
        let run = self.run();
        match self.counts.iter_mut().find(|(of, known, _)| *of == run && known == operation) {
            Some((_, _, sum)) => *sum = sum.saturating_add(count),
            None => self.counts.push((run, operation.into(), count)),
        }
    }

    /// Unchanged resources that the engine counts and the file leaves out.
    pub(super) fn sames(&self) -> u32 {
        self.left_out(|operation| operation == "same")
    }

    /// Changes that the engine counts and the file does not show.
    pub(super) fn unseen_changes(&self) -> u32 {
        self.left_out(|operation| matches!(operation, "create" | "update" | "delete" | "replace"))
    }

    fn left_out(&self, wanted: impl Fn(&str) -> bool) -> u32 {
        let counts =
            self.counts.iter().filter(|(run, operation, _)| wanted(operation) && !self.is_superseded(*run));
        let sum = counts.map(|(_, _, count)| (*count).max(0)).fold(0_i64, i64::saturating_add);
        u32::try_from(sum).unwrap_or(u32::MAX)
    }

    /// The entry of a resource, new or old; there always is one.
    pub(super) fn entry(&mut self, urn: &str, kind: ResourceType) -> Option<&mut Entry> {
        let name = self.urns.intern(urn.as_bytes()) as usize;
        if name >= self.entries.len() {
            let is_official = !urn.starts_with("urn:") || type_of(urn).starts_with("alicloud:");
            self.entries.push(Entry::new(is_official, kind == ResourceType::Set));
        }
        self.entries.get_mut(name)
    }

    /// The entry of a resource that was named before.
    pub(super) fn known(&self, urn: &str) -> Option<&Entry> {
        self.urns.find(urn).and_then(|index| self.entries.get(index))
    }

    /// A name for one more resource of a URN that has an entry.
    pub(super) fn another(&mut self, urn: &str) -> String {
        let entry = self.urns.find(urn).and_then(|index| self.entries.get_mut(index));
        let number = entry.map_or(2, |entry| {
            entry.repeats += 1;
            entry.repeats + 1
        });
        format!("{urn} ({number})")
    }

    /// The type of a resource that shares an image; others are counted.
    pub(super) fn kind(&mut self, urn: &str, counts: bool) -> Option<ResourceType> {
        if self.stack.is_empty()
            && let Some(rest) = urn.strip_prefix("urn:pulumi:")
        {
            let mut parts = rest.split("::");
            self.stack = parts.next().unwrap_or_default().into();
            self.project = parts.next().unwrap_or_default().into();
        }
        let kind = ResourceType::of(type_of(urn));
        let is_counted = counts && !urn.is_empty() && !type_of(urn).starts_with("pulumi:");
        if kind.is_none() && is_counted {
            self.others += 1;
        }
        kind
    }

    pub(super) fn urn(&self, index: usize) -> &str {
        self.urns.text(index as Symbol)
    }
}

//! Takes the records of a plan and keeps what they say of shares.

use super::declared::{self, Declared};
use super::entry::{Change, Entry};
use super::message::Message;
use super::place::Kind;
use super::sieve::Found;
use crate::engine_files::unmark;
use crate::names::{Name, Names};
use crate::rules::ResourceType;
use crate::value::Value;

/// What kinds of files were read: more than one where they were given together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shapes {
    pub digest: bool,
    pub events: bool,
    pub plan: bool,
    pub states: u32,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Book {
    pub texts: Names,
    /// The URNs of [`Self::entries`], in the same order.
    pub urns: Names,
    pub entries: Vec<Entry>,
    pub messages: Vec<Message>,
    pub shapes: Shapes,
    /// Resources of other types.
    pub others: u32,
    /// Unchanged resources: those that were counted by the engine, less those in the file.
    pub sames: i64,
    /// Records that could not be read.
    pub unreadable: u32,
    /// Steps whose operation is not known here.
    pub unknown_steps: u32,
    said: Names,
}

impl Book {
    pub(super) fn new() -> Self {
        Self {
            texts: declared::texts(),
            urns: Names::default(),
            entries: Vec::new(),
            messages: Vec::new(),
            shapes: Shapes::default(),
            others: 0,
            sames: 0,
            unreadable: 0,
            unknown_steps: 0,
            said: Names::default(),
        }
    }

    pub(super) fn take(&mut self, found: Found<'_>) {
        match found {
            Found::Shape(kind) => self.shape(kind),
            Found::Record(kind, bytes) => match serde_json::from_slice::<Value>(bytes) {
                Ok(record) => self.record(kind, &unmark(record)),
                Err(_) => self.unreadable += 1,
            },
        }
    }

    fn shape(&mut self, kind: Kind) {
        match kind {
            Kind::Step | Kind::Counts => self.shapes.digest = true,
            Kind::Planned => self.shapes.plan = true,
            Kind::Resource => {
                self.shapes.states += 1;
                for entry in &mut self.entries {
                    entry.is_current = false;
                }
            }
            Kind::Message => return,
            _ => return self.shapes.events = true,
        }
        if kind != Kind::Counts {
            self.others = 0;
        }
    }

    fn record(&mut self, kind: Kind, record: &Value) {
        match kind {
            Kind::Step => self.step(record, record.get("oldState"), record.get("newState")),
            Kind::PreEvent => {
                let step = record.get("metadata");
                self.step(step, step.get("old"), step.get("new"));
            }
            Kind::OutputsEvent => self.refreshed(record.get("metadata")),
            Kind::Planned => self.planned(record),
            Kind::Resource => self.resource(record),
            Kind::Counts => {
                if let Value::Whole(count) = record.get("same") {
                    self.sames += i64::try_from(*count).unwrap_or(0);
                }
            }
            Kind::Message | Kind::MessageEvent | Kind::PolicyEvent => {
                let said = Message::read(record, kind == Kind::PolicyEvent);
                if let Some(message) = said.filter(|message| self.is_news(message)) {
                    self.messages.push(message);
                }
            }
            Kind::OtherEvent => {}
        }
    }

    /// The engine repeats itself: once a plugin and once a step.
    fn is_news(&mut self, message: &Message) -> bool {
        self.said.number(&[message.urn.as_str(), "\0", &message.text].concat()).1
    }

    fn step(&mut self, step: &Value, old: &Value, new: &Value) {
        let op = step.text_at("op");
        if op == "same" {
            self.sames -= 1;
        }
        self.apply(step.text_at("urn"), &[op], old, new);
    }

    fn planned(&mut self, record: &Value) {
        let plan = record.get("plan");
        let goal = plan.get("goal").get("inputDiff");
        // A saved plan has what changed, and behind it the outputs that are expected.
        let mut inputs = Vec::new();
        for part in [goal.get("adds"), goal.get("updates")] {
            if let Value::Map(entries) = part {
                inputs.extend(entries.iter().cloned());
            }
        }
        let new = match plan.get("goal") {
            Value::Missing => Value::Missing,
            _ => Value::Map(vec![
                ("inputs".into(), Value::Map(inputs)),
                ("outputs".into(), plan.get("state").clone()),
            ]),
        };
        let steps: Vec<&str> = plan.get("steps").items().iter().filter_map(Value::text).collect();
        self.apply(record.text_at("urn"), &steps, &Value::Missing, &new);
    }

    fn apply(&mut self, urn: &str, ops: &[&str], old: &Value, new: &Value) {
        let is_first = !matches!(ops.first(), Some(&"create-replacement" | &"delete-replaced"));
        let Some(kind) = self.kind(urn, is_first || ops.len() > 1) else { return };
        let mut diagnostics = Vec::new();
        let old = declared::read(old, kind, &mut self.texts, None);
        let new = declared::read(new, kind, &mut self.texts, Some(&mut diagnostics));
        let Some(entry) = self.entry(urn) else { return };
        if old.is_some() {
            entry.old = old;
        }
        if new.is_some() {
            entry.new = new;
            entry.diagnostics = diagnostics;
        }
        let mut understood = true;
        for op in ops {
            understood = entry.step(op);
        }
        self.unknown_steps += u32::from(!understood);
    }

    /// What a refresh found is in the event after it.
    fn refreshed(&mut self, step: &Value) {
        if step.text_at("op") == "refresh" {
            self.apply(step.text_at("urn"), &["refresh"], step.get("old"), step.get("new"));
        }
    }

    fn resource(&mut self, state: &Value) {
        let urn = state.text_at("urn");
        let Some(kind) = self.kind(urn, true) else { return };
        let mut diagnostics = Vec::new();
        let found = declared::read(state, kind, &mut self.texts, Some(&mut diagnostics));
        let is_later = self.shapes.states > 1;
        // What waits to be deleted has the URN of what came in its place.
        let waits = *state.get("delete") == Value::Flag(true);
        let urn = if waits { [urn, " (to be deleted)"].concat() } else { urn.into() };
        let Some(entry) = self.entry(&urn) else { return };
        entry.is_current = true;
        entry.diagnostics = diagnostics;
        if is_later {
            entry.new = found;
            entry.change = match (&entry.old, &entry.new) {
                (None, _) => Change::Created,
                (Some(old), Some(new)) if is_same(old, new) => Change::Kept,
                _ if kind == ResourceType::Set => Change::Updated,
                _ => Change::Replaced,
            };
        } else {
            entry.old = found;
        }
    }

    /// The entry of a resource, new or old; there always is one.
    fn entry(&mut self, urn: &str) -> Option<&mut Entry> {
        let name = self.urns.intern(urn.as_bytes()) as usize;
        if name >= self.entries.len() {
            self.entries.push(Entry::new(type_of(urn).starts_with("alicloud:")));
        }
        self.entries.get_mut(name)
    }

    /// The type of a resource that shares an image; others are counted.
    fn kind(&mut self, urn: &str, counts: bool) -> Option<ResourceType> {
        let kind = ResourceType::of(type_of(urn));
        if kind.is_none() && counts && !urn.is_empty() {
            self.others += 1;
        }
        kind
    }

    pub(super) fn urn(&self, index: usize) -> &str {
        self.urns.text(index as Name)
    }
}

fn is_same(old: &Declared, new: &Declared) -> bool {
    let has_all = |one: &Declared, other: &Declared| {
        one.accounts.iter().all(|account| other.accounts.contains(account))
    };
    (old.image, old.region) == (new.image, new.region) && has_all(old, new) && has_all(new, old)
}

/// The type in `urn:pulumi:stack::project::parent$type::name`.
pub(super) fn type_of(urn: &str) -> &str {
    let types = urn.split("::").nth(2).unwrap_or_default();
    types.rsplit('$').next().unwrap_or_default()
}

/// The name behind the type; it may hold anything.
pub(super) fn name_of(urn: &str) -> &str {
    urn.splitn(4, "::").nth(3).unwrap_or(urn)
}

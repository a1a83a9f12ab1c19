//! Resources of states: of one, or of several that are compared.

use super::collector::{Collector, Pending};
use super::declared::{self, Declared};
use super::entry::Fate;
use super::urn::type_of;
use crate::hash::NumberSet;
use crate::interner::Symbol;
use crate::rules::ResourceType;
use crate::value::Value;

/// Behind the URN of what an earlier deployment replaced and did not delete.
pub(super) const LEFT_OVER: &str = " (to be deleted)";

impl Collector {
    pub(super) fn resource(&mut self, state: &Value) {
        if self.shapes.names_only || !self.terraform_version.is_empty() {
            return;
        }
        let urn = state.text_at("urn");
        self.providers.take(urn, state);
        let Some(kind) = self.kind(urn, true) else { return };
        if is_gone(state) {
            return;
        }
        // What waits to be deleted has the URN of what came in its place.
        let waits = *state.get("delete") == Value::Flag(true);
        let urn = if waits { [urn, LEFT_OVER].concat() } else { urn.into() };
        self.in_state(&urn, kind, state);
    }

    pub(super) fn in_state(&mut self, urn: &str, kind: ResourceType, state: &Value) {
        let mut judged = Vec::new();
        let found = declared::read(state, kind, &mut self.texts, &mut self.providers, Some(&mut judged));
        let is_later = self.shapes.states > 1;
        let has_it = self.known(urn).is_some_and(|entry| entry.is_current);
        let urn = if has_it { &self.another(urn) } else { urn };
        if self.entry(urn, kind).is_some()
            && let Some(found) = &found
        {
            self.sight(urn, found);
        }
        let Some(entry) = self.entry(urn, kind) else { return };
        entry.is_current = true;
        entry.repeats = 0;
        entry.judged = judged;
        if is_later {
            entry.new = found;
            entry.fate = match (&entry.old, &entry.new) {
                (None, _) => Fate::Created,
                (Some(old), Some(new)) if is_same(old, new) => Fate::Kept,
                _ if kind == ResourceType::Set => Fate::Updated,
                _ => Fate::Replaced,
            };
        } else {
            entry.old = found;
        }
    }

    /// Ends the comparison: what the last state has not went, and left what its last inputs leave.
    pub(super) fn end_states(&mut self) {
        for entry in self.entries.iter_mut().filter(|entry| !entry.is_current) {
            entry.judged.clear();
            let last = entry.new.take();
            // What has no first state came and went between the first and the last.
            entry.fate = if entry.old.is_some() { Fate::Deleted } else { Fate::Kept };
            if let (Some(old), Some(last)) = (&mut entry.old, last) {
                *old = Declared {
                    image: old.image,
                    region: old.region,
                    accounts: std::mem::take(&mut old.accounts),
                    since: std::mem::take(&mut old.since),
                    is_open: old.is_open,
                    ..last
                };
            }
        }
    }

    pub(super) fn pending_operation(&mut self, record: &Value) {
        let urn = record.get("resource").text_at("urn");
        if ResourceType::of(type_of(urn)).is_some() {
            self.pending.push(Pending { urn: urn.into(), operation: record.text_at("type").into() });
        }
    }
}

/// Whether the resource was deleted already, and waits for the one that replaces it.
pub(super) fn is_gone(state: &Value) -> bool {
    *state.get("pendingReplacement") == Value::Flag(true)
}

fn is_same(old: &Declared, new: &Declared) -> bool {
    let set = |declared: &Declared| declared.accounts.iter().copied().collect::<NumberSet<Symbol>>();
    (old.image, old.region) == (new.image, new.region) && set(old) == set(new)
}

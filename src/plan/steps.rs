//! Steps of a deployment, as a digest, an event log and a saved plan have them.

use super::collector::Collector;
use super::declared;
use super::entry::Entry;
use super::states::{LEFT_OVER, is_gone};
use super::urn::type_of;
use crate::value::Value;

impl Collector {
    pub(super) fn step(&mut self, step: &Value, old: &Value, new: &Value) {
        let op = step.text_at("op");
        let urn = step.text_at("urn");
        self.add(op, -1);
        self.step_of_run(urn, op == "refresh");
        // What a refresh finds comes in a later event.
        let new = if op == "refresh" && *new == Value::Missing { old } else { new };
        if op == "refresh" {
            self.refreshes += 1;
            // Where nothing was found, the engine counts it as unchanged.
            self.add("same", -1);
        } else if !matches!(op, "delete" | "update") && !type_of(urn).starts_with("pulumi:") {
            self.deploys += 1;
        }
        self.providers.take(urn, old);
        self.providers.take(urn, new);
        self.apply(urn, &[op], old, new);
    }

    pub(super) fn planned(&mut self, record: &Value) {
        let plan = record.get("plan");
        let goal = plan.get("goal").get("inputDiff");
        // A saved plan has what changed, and behind it the outputs that are expected.
        let mut inputs = Vec::new();
        for part in [goal.get("adds"), goal.get("updates")] {
            if let Value::Map(entries) = part {
                inputs.extend(entries.iter().cloned());
            }
        }
        self.providers.change(record.text_at("urn"), &inputs, goal.get("deletes").items());
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
        let run = self.run();
        let known = self.known(urn);
        let is_another = *old.get("delete") == Value::Flag(true)
            && known.is_some_and(|entry| ops.iter().all(|op| entry.is_of_another(op)));
        let is_repeated = known.is_some_and(|entry| ops.iter().all(|op| entry.is_repeated_by(op)));
        let mut urn = if is_another { [urn, LEFT_OVER].concat() } else { urn.to_owned() };
        let is_planned = |entry: &Entry| entry.is_planned;
        if is_repeated || is_another && self.known(&urn).is_some_and(is_planned) {
            urn = self.another(&urn);
        }
        let urn = urn.as_str();
        let mut judged = Vec::new();
        let old = if is_gone(old) {
            None
        } else {
            declared::read(old, kind, &mut self.texts, &mut self.providers, None)
        };
        let new = declared::read(new, kind, &mut self.texts, &mut self.providers, Some(&mut judged));
        let Some(entry) = self.entry(urn, kind) else { return };
        if old.is_some() {
            entry.old = old;
        }
        if new.is_some() {
            entry.new = new;
            entry.judged = judged;
        }
        entry.run = run;
        if !entry.is_planned {
            entry.repeats = 0;
        }
        let mut understood = true;
        for op in ops {
            understood = entry.step(op);
        }
        self.unknown_steps += u32::from(!understood);
    }

    /// What a refresh found is in the event after it, whose operation is what came out.
    pub(super) fn refreshed(&mut self, step: &Value) {
        let urn = step.text_at("urn");
        let op = step.text_at("op");
        let is_outcome = op == "refresh"
            || self
                .urns
                .find(urn)
                .and_then(|index| self.entries.get(index))
                .is_some_and(|entry| entry.is_refreshed);
        if !is_outcome || self.kind(urn, false).is_none() {
            return;
        }
        if op != "refresh" {
            // The summary counts what came out of the refresh.
            self.add(op, -1);
        }
        let new = step.get("new");
        if let (Value::Missing, Some(entry)) = (new, self.urns.find(urn)) {
            if let Some(entry) = self.entries.get_mut(entry) {
                entry.new = None;
            }
            self.apply(urn, &["refresh"], step.get("old"), new);
        } else if is_gone(new) || new.get("outputs") == &Value::Missing {
            self.apply(urn, &["refresh"], step.get("old"), new);
        } else {
            // A refresh reads the outputs; the inputs may still say what was declared.
            let found = Value::Map(vec![
                ("inputs".into(), new.get("outputs").clone()),
                ("outputs".into(), new.get("outputs").clone()),
                ("provider".into(), new.get("provider").clone()),
            ]);
            self.apply(urn, &["refresh"], step.get("old"), &found);
        }
    }
}

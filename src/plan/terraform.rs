//! Plans and states of Terraform and OpenTofu, put into the shape of Pulumi's.
//!
//! Source: "JSON Output Format" of Terraform (`terraform show -json`); `format_version` 1.x only adds to it.

use super::collector::Collector;
use super::declared;
use super::message::Message;
use crate::diagnostic::Severity;
use crate::rules::ResourceType;
use crate::value::Value;

/// The one type that shares an image.
pub(super) const TYPE: &str = "alicloud_image_share_permission";
/// The attributes that say something of a share, and Pulumi's names of them.
const ATTRIBUTES: [(&str, &str); 2] = [("image_id", "imageId"), ("account_id", "accountId")];

impl Collector {
    pub(super) fn terraform_change(&mut self, record: &Value) {
        let address = record.text_at("address");
        if record.text_at("type") != TYPE || record.text_at("mode") == "data" {
            self.others += 1;
            return;
        }
        self.deploys += 1;
        let moved_from = record.text_at("previous_address");
        if !moved_from.is_empty()
            && let Some(entry) = self.urns.find(moved_from).and_then(|index| self.entries.get_mut(index))
        {
            // A state before the plan has it under its former address.
            (entry.old, entry.new) = (None, None);
        }
        let name = named(address, record.text_at("deposed"));
        let change = change_of(record.get("change"));
        let mut judged = Vec::new();
        let share = ResourceType::Share;
        let old = declared::read(&change.before, share, &mut self.texts, &mut self.providers, None);
        let new =
            declared::read(&change.after, share, &mut self.texts, &mut self.providers, Some(&mut judged));
        let Some(entry) = self.entry(&name, share) else { return };
        (entry.old, entry.new, entry.judged) = (old, new, judged);
        let mut understood = !change.steps.is_empty();
        for step in change.steps {
            understood &= entry.step(step);
        }
        self.unknown_steps += u32::from(!understood);
    }

    /// A check that fails is a warning, and a condition of a resource or an output stops the plan.
    pub(super) fn terraform_check(&mut self, record: &Value) {
        if record.text_at("status") != "fail" {
            return;
        }
        let address = record.get("address");
        let severity = if address.text_at("kind") == "check" { Severity::Warning } else { Severity::Error };
        for instance in record.get("instances").items() {
            let name = instance.get("address").text_at("to_display");
            for problem in instance.get("problems").items() {
                let text = format!("{name} fails: {}", problem.text_at("message"));
                self.messages.push(Message::of_terraform(severity, &text));
            }
        }
    }

    pub(super) fn terraform_resource(&mut self, record: &Value) {
        if record.text_at("type") != TYPE || record.text_at("mode") == "data" {
            self.others += 1;
        } else {
            let name = named(record.text_at("address"), record.text_at("deposed_key"));
            self.in_state(&name, ResourceType::Share, &state(record));
        }
    }
}

/// The name of a resource, or of one that was replaced and has yet to be destroyed.
fn named(address: &str, deposed: &str) -> String {
    if deposed.is_empty() { address.into() } else { [address, " (", deposed, ")"].concat() }
}

/// Whether a resource shares an image, as a number.
pub(super) fn count(record: &Value) -> u32 {
    u32::from(record.text_at("type") == TYPE)
}

/// What a plan does to a resource.
#[derive(Debug, Default)]
struct ResourceChange {
    /// The resource before, as a state of Pulumi's; missing where there was none.
    before: Value,
    /// The resource after.
    after: Value,
    /// The operations, by Pulumi's names; empty where they are not known here.
    steps: &'static [&'static str],
}

/// Reads the `change` of a resource.
fn change_of(change: &Value) -> ResourceChange {
    let actions: Vec<&str> = change.get("actions").items().iter().filter_map(Value::text).collect();
    let steps: &[&str] = match actions.as_slice() {
        ["no-op"] => &["same"],
        ["read"] => &["read"],
        ["create"] => &["create"],
        ["update"] => &["update"],
        ["delete"] => &["delete"],
        ["forget"] => &["discard"],
        ["create", "delete"] => &["create-replacement", "delete-replaced"],
        ["delete", "create"] => &["delete-replaced", "create-replacement"],
        // The old share stays in the cloud.
        ["create", "forget"] => &["create-replacement"],
        _ => &[],
    };
    let unknown = Value::Missing;
    let mut before = attributes(change.get("before"), &unknown, change.get("before_sensitive"));
    let after = attributes(change.get("after"), change.get("after_unknown"), change.get("after_sensitive"));
    if actions.as_slice() == ["create", "forget"]
        && let Value::Map(entries) = &mut before
    {
        entries.push(("retainOnDelete".into(), Value::Flag(true)));
    }
    if steps == ["create"] {
        before = Value::Missing;
    }
    ResourceChange { before, after, steps }
}

/// Reads a resource of a state.
fn state(resource: &Value) -> Value {
    attributes(resource.get("values"), &Value::Missing, resource.get("sensitive_values"))
}

fn attributes(values: &Value, unknown: &Value, sensitive: &Value) -> Value {
    let Value::Map(_) = values else { return Value::Missing };
    let is_marked = |marks: &Value, name| [marks, marks.get(name)].contains(&&Value::Flag(true));
    let inputs = ATTRIBUTES.map(|(name, ours)| {
        let value = if is_marked(unknown, name) {
            Value::Unknown
        } else if is_marked(sensitive, name) {
            Value::Hidden
        } else {
            values.get(name).clone()
        };
        (ours.to_owned(), value)
    });
    Value::Map(vec![("inputs".into(), Value::Map(inputs.into()))])
}

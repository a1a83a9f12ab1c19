//! What the engine or a policy said while it made the plan.

use crate::diagnostic::{Code, Severity, sentence};
use crate::value::Value;

/// The longest message that is kept.
const LONGEST: usize = 2000;

/// A message of the engine, a provider or a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub urn: String,
    pub severity: Severity,
    /// The rule or policy, where one is named.
    pub code: String,
    pub text: String,
    pub help: String,
    pub property: String,
    pub is_policy: bool,
}

impl Message {
    /// Reads a message; none where it is no more than news.
    pub(super) fn read(record: &Value, is_policy: bool) -> Option<Self> {
        let level = record.text_at(if is_policy { "enforcementLevel" } else { "severity" });
        let severity = match level {
            "error" | "mandatory" => Severity::Error,
            "warning" | "advisory" => Severity::Warning,
            _ => return None,
        };
        let urn = record.text_at(if is_policy { "resourceUrn" } else { "urn" }).to_owned();
        let plain = plain(record.text_at("message"));
        let mut text = plain.trim();
        for prefix in ["error: ", "warning: "] {
            text = text.strip_prefix(prefix).unwrap_or(text);
        }
        let mut message = Self {
            urn,
            severity,
            code: record.text_at("policyName").into(),
            text: String::new(),
            help: String::new(),
            property: String::new(),
            is_policy,
        };
        // A warning without a place is about plugins and versions.
        if message.urn.is_empty() && severity == Severity::Warning || text.is_empty() {
            return None;
        }
        // What our check refuses comes back in Pulumi's words around ours.
        if let Some((around, ours)) = text.split_once(" has a problem: ") {
            let property = around.rsplit_once("property ").map_or("", |(_, rest)| rest);
            message.property = property.split(' ').next().unwrap_or_default().into();
            text = ours;
        }
        if let Some((said, code)) = text.strip_suffix(']').and_then(|text| text.rsplit_once(" ["))
            && let Some(known) = Code::named(code)
        {
            message.code = code.into();
            text = said;
            if let Some(said) = said.strip_suffix(&sentence(known.help())) {
                message.help = known.help().into();
                text = said.trim_end();
            }
        }
        message.text = text.chars().take(LONGEST).collect();
        Some(message)
    }
}

/// The text without Pulumi's marks for colours, such as `<{%reset%}>`.
fn plain(text: &str) -> String {
    let mut pieces = text.split("<{%");
    let mut plain: String = pieces.next().unwrap_or_default().into();
    for piece in pieces {
        plain.push_str(piece.split_once("%}>").map_or(piece, |(_, rest)| rest));
    }
    plain
}

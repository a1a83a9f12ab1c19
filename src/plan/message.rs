//! What the engine or a policy said while it made the plan.

use std::iter::Peekable;
use std::str::Chars;

use crate::diagnostic::{Code, Severity};
use crate::value::Value;

/// The longest message that is kept.
pub(super) const LONGEST: usize = 2000;

/// A message of the engine, a provider or a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub urn: String,
    pub severity: Severity,
    /// The rule or policy, where one is named.
    pub code: String,
    pub text: String,
    pub property: String,
    pub is_policy: bool,
    /// The policy and the pack that it is of; empty where it is none's.
    pub policy: String,
    pub pack: String,
    /// The run that said it.
    pub run: u32,
}

/// The last words of the engine's commands where they fail, whatever the cause.
///
/// Source: `preview failed` and the like in pkg/backend/apply.go and its neighbours of pulumi/pulumi.
const CLOSING: [&str; 4] = ["preview failed", "update failed", "destroy failed", "refresh failed"];

impl Message {
    /// Whether it only says that the command failed.
    pub(super) fn is_closing(&self) -> bool {
        self.urn.is_empty() && !self.is_policy && CLOSING.contains(&self.text.as_str())
    }

    /// What a check of Terraform found.
    pub(super) fn of_terraform(severity: Severity, text: &str) -> Self {
        Self {
            urn: String::new(),
            severity,
            code: String::new(),
            text: plain(text).trim().chars().take(LONGEST).collect(),
            property: String::new(),
            is_policy: false,
            policy: String::new(),
            pack: String::new(),
            run: 0,
        }
    }

    /// Reads a message; none where it is no more than news.
    pub(super) fn read(record: &Value, is_policy: bool) -> Option<Self> {
        let level = record.text_at(if is_policy { "enforcementLevel" } else { "severity" });
        let severity = match level {
            "error" | "mandatory" => Severity::Error,
            "warning" | "advisory" | "remediate" => Severity::Warning,
            _ => return None,
        };
        let urn = record.text_at(if is_policy { "resourceUrn" } else { "urn" }).to_owned();
        let plain = plain(record.text_at("message"));
        let mut text = plain.trim();
        for prefix in ["error: ", "warning: "] {
            text = text.strip_prefix(prefix).unwrap_or(text);
        }
        // A warning without a place is about plugins and versions.
        if !is_policy && urn.is_empty() && severity == Severity::Warning || text.is_empty() {
            return None;
        }
        let [policy, pack] = ["policyName", "policyPackName"].map(|key| record.text_at(key).to_owned());
        let mut code = policy.clone();
        let mut property = String::new();
        // What a provider's check refuses comes back in Pulumi's words around the provider's.
        if let Some((around, reason)) = text.split_once(" has a problem: ") {
            let named = around.rsplit_once("property ").map_or("", |(_, rest)| rest);
            property = named.split(' ').next().unwrap_or_default().into();
            text = reason;
        }
        // Ours end with their code, by which they are known.
        if let Some((said, ours)) = text.strip_suffix(']').and_then(|text| text.rsplit_once(" ["))
            && Code::named(ours).is_some()
        {
            code = ours.into();
            text = said;
        }
        Some(Self {
            urn,
            severity,
            code,
            text: text.chars().take(LONGEST).collect(),
            property,
            is_policy,
            policy,
            pack,
            run: 0,
        })
    }
}

/// The text without marks for colours, Pulumi's (`<{%reset%}>`) or a terminal's, and without other control
/// characters; line breaks stay.
pub(super) fn plain(text: &str) -> String {
    let mut pieces = text.split("<{%");
    let mut unmarked: String = pieces.next().unwrap_or_default().into();
    for piece in pieces {
        unmarked.push_str(piece.split_once("%}>").map_or(piece, |(_, rest)| rest));
    }
    let mut plain = String::with_capacity(unmarked.len());
    let mut letters = unmarked.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' if letters.next_if_eq(&'[').is_some() => pass_colour(&mut letters),
            '\u{1b}' if letters.next_if_eq(&']').is_some() => pass_link(&mut letters),
            '\u{9b}' => pass_colour(&mut letters),
            '\u{9d}' => pass_link(&mut letters),
            '\n' => plain.push('\n'),
            '\t' => plain.push(' '),
            control if control.is_control() => {}
            letter => plain.push(letter),
        }
    }
    plain
}

/// Passes over a sequence that ends with its first letter, or one of a few signs.
fn pass_colour(letters: &mut Peekable<Chars<'_>>) {
    while letters.next().is_some_and(|next| !('\u{40}'..='\u{7e}').contains(&next)) {}
}

/// Passes over the address of a link, or a title: up to a bell, or an escape and a backslash. One that does not end
/// takes no other line with it.
fn pass_link(letters: &mut Peekable<Chars<'_>>) {
    const ENDS: [char; 4] = ['\u{7}', '\u{9c}', '\u{1b}', '\n'];
    while letters.next_if(|next| !ENDS.contains(next)).is_some() {}
    if letters.next_if_eq(&'\u{1b}').is_some() {
        letters.next_if_eq(&'\\');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_acts_on_is_left_out_and_the_words_stay() {
        for (text, shown) in [
            ("<{%fg 1%}>red<{%reset%}>", "red"),
            ("\u{1b}[31;1mred\u{1b}[0m", "red"),
            ("\u{9b}31mred\u{9b}0m", "red"),
            ("see \u{1b}]8;;file:///a.ts\u{1b}\\a.ts\u{1b}]8;;\u{1b}\\ now", "see a.ts now"),
            ("\u{1b}]0;title\u{7}text\u{9d}0;title\u{9c}", "text"),
            ("\u{1b}]8;;no end\nthe next line", "\nthe next line"),
            ("a\tb\u{7}\r\nc", "a b\nc"),
        ] {
            assert_eq!(plain(text), shown, "{text:?}");
        }
    }
}

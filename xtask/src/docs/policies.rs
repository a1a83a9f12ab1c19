//! The made part of `docs/policies.md`: every policy with its settings and an example.

use alicloud_image_share::policy::{Active, Importance, Level, POLICIES, Policy, Scope};

use super::cell;

/// The table of all policies, and a section for each.
pub fn part() -> String {
    let mut text =
        String::from("| policy | level | severity | judges | active |\n| --- | --- | --- | --- | --- |\n");
    for policy in POLICIES {
        text.push_str(&row(policy));
    }
    for policy in POLICIES {
        text.push_str(&section(policy));
    }
    text
}

fn row(policy: &Policy) -> String {
    let name = policy.name;
    let severity = match policy.importance {
        Importance::Low => "low",
        Importance::Medium => "medium",
        Importance::High => "high",
        Importance::Critical => "critical",
    };
    let judges = match policy.scope {
        Scope::Resource => "each resource",
        Scope::Stack => "the stack",
    };
    let active = match policy.active {
        Active::Always => "always".to_owned(),
        Active::WhenSet(setting) => format!("once `{}` is set", setting.name),
    };
    format!("| [`{name}`](#{name}) | {} | {severity} | {judges} | {active} |\n", level(policy))
}

fn level(policy: &Policy) -> &'static str {
    match policy.level {
        Level::Advisory => "advisory",
        Level::Mandatory => "mandatory",
    }
}

fn section(policy: &Policy) -> String {
    let Policy { name, description, remedy, .. } = policy;
    let mut text = format!("\n## {name}\n\n{description} {remedy}\n");
    if policy.remediates {
        text.push_str(
            "At the level `remediate`, the policy first removes white space around IDs, and one kind of separator\n\
             between four groups of four digits (`1886 5085 2989 8586`). It changes nothing else.\n",
        );
    }
    if !policy.settings.is_empty() {
        text.push_str("\n| setting | takes |\n| --- | --- |\n");
        for setting in policy.settings {
            text.push_str(&format!("| `{}` | {} |\n", setting.name, cell(setting.takes)));
        }
    }
    let settings: String = policy
        .settings
        .iter()
        .map(|setting| format!(",\n    \"{}\": {}", setting.name, setting.example))
        .collect();
    text.push_str(&format!(
        "\n```json\n{{\n  \"{name}\": {{\n    \"enforcementLevel\": \"{}\"{settings}\n  }}\n}}\n```\n",
        level(policy)
    ));
    text
}

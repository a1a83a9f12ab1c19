//! `docs/errors.md`: every code, what it weighs and what to do about it.

use alicloud_image_share::diagnostic::{Code, CodeKind, Severity, sentence};

use super::cell;

/// Every kind, in the order of the page, with its heading and what its codes are.
const KINDS: &[(CodeKind, &str, &str)] = &[
    (
        CodeKind::Rule,
        "Inputs",
        "Rules about the inputs of a resource. They need no credentials and no network.",
    ),
    (
        CodeKind::Preflight,
        "Images and their accounts",
        "Results of the inspection of an image before anything is written.",
    ),
    (CodeKind::Program, "Resources of one program", "Resources that contradict each other."),
    (CodeKind::Setting, "Settings and credentials", "Stack config, environment variables and credentials."),
    (CodeKind::Operation, "Operations", "Outcomes of creating, reading, updating and deleting shares."),
    (
        CodeKind::Api,
        "Refusals of the API",
        "Error codes of Alibaba Cloud, under their own names. A code that is missing here is reported as the API returns it.",
    ),
    (CodeKind::Network, "Network", "Requests that got no response of the API."),
    (CodeKind::File, "Files", "Plans, states and other files that the report reads."),
    (
        CodeKind::Policy,
        "Policies",
        "Violations of policies. Policies that apply a rule report the rule's code.",
    ),
];

/// The tables of all codes.
pub fn part() -> String {
    let mut text = String::new();
    for (kind, heading, about) in KINDS {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!(
            "## {heading}\n\n{about}\n\n| code | severity | what to do |\n| --- | --- | --- |\n"
        ));
        for code in Code::ALL.iter().map(|code| code.info()).filter(|code| code.kind == *kind) {
            let severity = match code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            };
            text.push_str(&format!("| `{}` | {severity} | {} |\n", code.name, cell(&sentence(code.help))));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_row() {
        let page = part();
        for code in Code::ALL {
            assert!(page.contains(&format!("\n| `{}` | ", code.name())), "{}", code.name());
        }
    }
}

//! A report as SARIF 2.1.0, which code scanning takes.

use std::collections::BTreeMap;

use super::markup::line;
use super::problem::say;
use super::words::Language;
use crate::diagnostic::Severity;
use crate::plan::{Finder, Problem, Report};
use crate::value::Value;

fn map(entries: Vec<(&str, Value)>) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// The problems with their rules. Code scanning shows nothing that has no place in a file: that is the program's,
/// given as a path relative to its repository.
pub fn sarif(report: &Report, language: Language, file: &str, version: &str) -> String {
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    for problem in &report.problems {
        let help = helps.entry(rule(problem)).or_default();
        if help.is_empty() {
            *help = say(problem, language).help;
        }
    }
    let rules = helps.into_iter().map(|(id, help)| {
        let mut rule = vec![("id", id.into())];
        if !help.is_empty() {
            rule.push(("help", map(vec![("text", inert(&help).into())])));
        }
        map(rule)
    });
    let driver = map(vec![
        ("name", "pulumi-alicloud-image-share".into()),
        ("version", version.into()),
        ("rules", Value::List(rules.collect())),
    ]);
    let results = report.problems.iter().map(|problem| result(problem, language, file));
    let run = map(vec![("tool", map(vec![("driver", driver)])), ("results", Value::List(results.collect()))]);
    let log = map(vec![
        ("$schema", "https://json.schemastore.org/sarif-2.1.0.json".into()),
        ("version", "2.1.0".into()),
        ("runs", Value::List(vec![run])),
    ]);
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(problem: &Problem) -> String {
    let finder = match problem.finder {
        Finder::Input => "input",
        Finder::Rules => "rules",
        Finder::Policy => "policy",
        Finder::Engine => "engine",
    };
    if problem.code.is_empty() { finder.into() } else { problem.code.clone() }
}

fn result(problem: &Problem, language: Language, file: &str) -> Value {
    let said = say(problem, language);
    let text = inert(&said.whole());
    let mut location = vec![(
        "physicalLocation",
        map(vec![
            ("artifactLocation", map(vec![("uri", uri(file).into())])),
            ("region", map(vec![("startLine", Value::Whole(1))])),
        ]),
    )];
    if !problem.resource.is_empty() {
        let name = [problem.kind.as_str(), "::", problem.resource.as_str()].concat();
        let logical = map(vec![
            ("name", problem.resource.as_str().into()),
            ("fullyQualifiedName", name.into()),
            ("kind", "resource".into()),
        ]);
        location.push(("logicalLocations", Value::List(vec![logical])));
    }
    let fingerprint = [rule(problem), problem.resource.clone(), problem.property.clone()].join(":");
    let level = if problem.severity == Severity::Error { "error" } else { "warning" };
    map(vec![
        ("ruleId", rule(problem).into()),
        ("level", level.into()),
        ("message", map(vec![("text", text.into())])),
        ("locations", Value::List(vec![map(location)])),
        ("partialFingerprints", map(vec![("imageShare/v1", fingerprint.into())])),
    ])
}

/// Text in which nothing is a link: `[text](1)` is one in a message of SARIF, and viewers find bare addresses.
fn inert(text: &str) -> String {
    line(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]").replace("://", ":\u{2060}//")
}

/// A path as a URI: relative, with slashes, and percent signs where a letter has no place in one.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    if path.starts_with('/') { format!("file://{uri}") } else { uri }
}

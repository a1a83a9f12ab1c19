//! A report as SARIF 2.1.0, which code scanning takes.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::markup::line;
use super::problem::say;
use super::words::Language;
use crate::plan::{Problem, Report};

/// The problems with their rules. Code scanning shows nothing that has no place in a file: that is the program's,
/// given as a path relative to its repository.
pub fn sarif(report: &Report, language: Language, file: &str, version: &str) -> String {
    let mut rules: BTreeMap<String, Value> = BTreeMap::new();
    for problem in &report.problems {
        let help = say(problem, language).help;
        let rule = rules.entry(rule(problem)).or_insert_with(|| json!({ "id": rule(problem) }));
        if let (Some(rule), false) = (rule.as_object_mut(), help.is_empty()) {
            rule.insert("help".into(), json!({ "text": inert(&help) }));
        }
    }
    let results: Vec<Value> = report.problems.iter().map(|problem| result(problem, language, file)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "pulumi-alicloud-image-share",
                "version": version,
                "rules": rules.into_values().collect::<Vec<_>>(),
            } },
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(problem: &Problem) -> String {
    match (problem.code.as_str(), problem.finder) {
        ("", finder) => serde_json::to_value(finder)
            .ok()
            .and_then(|it| it.as_str().map(str::to_owned))
            .unwrap_or_default(),
        (code, _) => code.into(),
    }
}

fn result(problem: &Problem, language: Language, file: &str) -> Value {
    let said = say(problem, language);
    let text = if said.help.is_empty() {
        inert(&said.message)
    } else {
        format!("{}: {}", inert(&said.message), inert(&said.help))
    };
    let mut location = Map::new();
    location.insert(
        "physicalLocation".into(),
        json!({ "artifactLocation": { "uri": uri(file) }, "region": { "startLine": 1 } }),
    );
    if !problem.resource.is_empty() {
        location.insert(
            "logicalLocations".into(),
            json!([{
                "name": problem.resource,
                "fullyQualifiedName": format!("{}::{}", problem.kind, problem.resource),
                "kind": "resource",
            }]),
        );
    }
    let fingerprint = [rule(problem), problem.resource.clone(), problem.property.clone()].join(":");
    json!({
        "ruleId": rule(problem),
        "level": problem.severity,
        "message": { "text": text },
        "locations": [location],
        "partialFingerprints": {
            "imageShare/v1": fingerprint,
        },
    })
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

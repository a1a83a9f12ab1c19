//! The rules over what somebody would declare, in a language.

use serde::Serialize;

use super::problem::say;
use super::words::Language;
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Finder, Problem};
use crate::rules::{self, ResourceType};
use crate::value::Value;

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Judgement {
    /// The code of the rule.
    pub code: String,
    /// `error` or `warning`.
    #[cfg_attr(all(target_arch = "wasm32", feature = "reports"), tsify(type = "\"error\" | \"warning\""))]
    pub severity: Severity,
    /// The input; may be empty.
    pub property: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What the rules say of one share.
pub fn judge(inputs: &Value, language: Language) -> Vec<Judgement> {
    let found = rules::judge(ResourceType::Share, inputs, None);
    found.into_iter().map(|diagnostic| judgement(diagnostic, language)).collect()
}

fn judgement(diagnostic: Diagnostic, language: Language) -> Judgement {
    let property = diagnostic.property.map(|path| path.to_string()).unwrap_or_default();
    let problem = Problem {
        severity: diagnostic.severity,
        finder: Finder::Rules,
        code: diagnostic.code.name().into(),
        policy: String::new(),
        pack: String::new(),
        message: diagnostic.message(),
        help: diagnostic.help(),
        values: diagnostic.values,
        resource: String::new(),
        kind: String::new(),
        property: property.clone(),
        image: None,
    };
    let said = say(&problem, language);
    Judgement {
        code: problem.code,
        severity: problem.severity,
        property,
        message: said.message,
        help: said.help,
    }
}

//! Policies, as a policy pack calls them.

use wasm_bindgen::prelude::*;

use super::errors::wrong_shape;
use super::values::value;
use crate::account::AccountId;
use crate::diagnostic::Diagnostic;
use crate::engine_files::unmark;
use crate::policy::{self, Config, POLICIES, PolicyContext, SharingKind, read_resources};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A resource as policies see it. */
export interface JudgedResource {
    type: string;
    name: string;
    protect: boolean;
    /** The region of its provider, where that is known. */
    region?: unknown;
    props: Record<string, unknown>;
}
/** What a policy has against a resource: no text of it repeats a value of the program's. */
export interface Violation {
    /** The resource, by its place in the list that was judged. */
    resource: number;
    diagnostic: { code: string; property?: string; message: string; help: string; text: string };
}
/** A policy of the table, with the names of `@pulumi/policy`. */
export interface PolicyDescription {
    name: import("./policies.js").PolicyName;
    displayName: string;
    description: string;
    remediationSteps: string;
    enforcementLevel: "advisory" | "mandatory";
    severity: "low" | "medium" | "high" | "critical";
    scope: "resource" | "stack";
    remediates: boolean;
    /** JSON schemas by the names of settings. */
    settings: Record<string, Record<string, unknown>>;
}
"#;

/// The table of policies: the JSON of a list of `PolicyDescription`.
#[wasm_bindgen(js_name = policyTable)]
pub fn policy_table() -> Result<String, JsValue> {
    serde_json::to_string(POLICIES).map_err(|_| wrong_shape())
}

/// Whether any policy is concerned with resources of a type.
#[wasm_bindgen(js_name = isJudged)]
pub fn is_judged(token: &str) -> bool {
    SharingKind::of(token).is_some()
}

/// An account id without the white space around it or the separators of its groups; undefined where it has
/// neither, or is no id without.
#[wasm_bindgen(js_name = tidyAccountId)]
pub fn tidy_account_id(text: &str) -> Option<String> {
    AccountId::tidy(text)
}

/// One policy with its settings.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Policy {
    policy: &'static policy::Policy,
    config: Result<Config, Diagnostic>,
}

#[wasm_bindgen]
impl Policy {
    /// A policy of the table; undefined where there is none of that name.
    pub fn named(
        name: &str,
        #[wasm_bindgen(unchecked_param_type = "Record<string, unknown>")] config: JsValue,
    ) -> Result<Option<Self>, JsValue> {
        let config = value(&config)?;
        Ok(policy::Policy::named(name).map(|policy| Self { policy, config: policy.config(config) }))
    }

    /// What is wrong with the settings; undefined where nothing is.
    #[wasm_bindgen(getter)]
    pub fn mistake(&self) -> Option<String> {
        self.config.as_ref().err().map(Diagnostic::sentences)
    }

    /// The setting without which the policy judges nothing; undefined where it is made, or none is needed.
    #[wasm_bindgen(getter)]
    pub fn lacks(&self) -> Option<String> {
        self.config.as_ref().ok().and_then(|config| self.policy.lacks(config)).map(str::to_owned)
    }

    /// What it has against resources, on a day such as `2026-07-01`: the JSON of a list of `Violation`.
    ///
    /// Takes the JSON of a list of `JudgedResource`: for a stack of ten thousand that is four times as fast as
    /// to touch each value from here.
    pub fn judge(&self, resources: &str, today: &str) -> Result<String, JsValue> {
        let resources = serde_json::from_slice(resources.as_bytes()).map_err(|_| wrong_shape())?;
        let resources = read_resources(unmark(resources));
        let violations = match &self.config {
            Ok(config) => self.policy.judge(&PolicyContext { resources: &resources, config, today }),
            Err(_) => Vec::new(),
        };
        serde_json::to_string(&violations).map_err(|_| wrong_shape())
    }
}

//! What crosses the wall, in the terms of Pulumi's dynamic providers.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::values::write;
use crate::diagnostic::{Diagnostic, looks_like_credential};
use crate::diff::Diff;
use crate::ecs::Share;
use crate::provider::{self, SetState, State};
use crate::value::Value;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Inputs of one share permission, as a program declared them or as a state has them. */
export interface ShareInputs {
    imageId?: unknown;
    accountId?: unknown;
    region?: unknown;
    profile?: unknown;
    [surplus: string]: unknown;
}
/** Inputs of a set of shares, as a program declared them or as a state has them. */
export interface SetInputs {
    imageId?: unknown;
    accountIds?: unknown;
    mode?: unknown;
    region?: unknown;
    profile?: unknown;
    force?: unknown;
    removalLimit?: unknown;
    [surplus: string]: unknown;
}
/** What was found under the names of `settingNames()`. */
export interface Settings {
    config: Record<string, string>;
    environment: Record<string, string>;
}
/** A source of credentials outside of the settings. What is empty is not set. */
export type CredentialsQuestion =
    | { kind: "profile"; name: string; file: string }
    | { kind: "instanceRole"; name: string }
    | { kind: "uri"; uri: string }
    | { kind: "oidcToken"; file: string }
    | { kind: "chain"; file: string };
/** Credentials, `expiration` in milliseconds since 1970; or the token of an OIDC provider. */
export type CredentialsAnswer =
    | { accessKeyId: string; accessKeySecret: string; securityToken?: string; expiration?: number }
    | { token: string };
/** Looks for credentials. Only the message of an error named `CredentialsFailure` is shown. */
export type AskForCredentials = (question: CredentialsQuestion) => Promise<CredentialsAnswer>;
"#;

/// The names under which settings are looked for.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct SettingNames {
    /// Keys of the stack config.
    pub(super) config: Vec<&'static str>,
    /// Environment variables.
    pub(super) environment: Vec<&'static str>,
}

/// An input that is refused.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckFailure {
    /// The input; empty where the value is not to be shown, since Pulumi prints it beside the name.
    pub(super) property: String,
    /// What is wrong and what to do.
    pub(super) reason: String,
}

/// What check returns to Pulumi, and warnings to log.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckResult {
    /// The inputs, with what was filled in.
    #[tsify(type = "Record<string, unknown>")]
    pub(super) inputs: Value,
    /// What is refused.
    pub(super) failures: Vec<CheckFailure>,
    /// What is doubtful and goes through.
    pub(super) warnings: Vec<String>,
}

/// What diff returns to Pulumi.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct DiffResult {
    /// Whether anything has to be done.
    pub(super) changes: bool,
    /// Inputs whose change replaces the resource.
    pub(super) replaces: Vec<&'static str>,
    /// Whether the old one has to go first.
    pub(super) delete_before_replace: bool,
}

/// What create returns to Pulumi.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreateResult {
    /// The id.
    pub(super) id: String,
    /// The outputs.
    #[tsify(type = "Record<string, unknown>")]
    pub(super) outs: Value,
}

/// What read returns to Pulumi.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReadResult {
    /// The id; empty when the resource is gone.
    pub(super) id: String,
    /// The outputs.
    #[serde(skip_serializing_if = "Value::is_missing")]
    #[tsify(optional, type = "Record<string, unknown>")]
    pub(super) props: Value,
    /// The inputs.
    #[serde(skip_serializing_if = "Value::is_missing")]
    #[tsify(optional, type = "Record<string, unknown>")]
    pub(super) inputs: Value,
}

/// One account that an image is shared with.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImageShare {
    /// The account.
    pub(super) account_id: String,
    /// Since when, in UTC: `2023-01-01T12:05:00Z`.
    pub(super) shared_time: String,
}

/// One thing that `examine` looked at.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding {
    /// What it is.
    pub(super) what: &'static str,
    /// Whether it works.
    pub(super) ok: bool,
    /// What was found, or what is wrong and what to do.
    pub(super) text: String,
}

impl CheckResult {
    /// `value` gives the value of a property, to see whether Pulumi may show it.
    pub(super) fn new(inputs: Value, diagnostics: Vec<Diagnostic>, value: impl Fn(&str) -> Value) -> Self {
        let mut result = Self { inputs, failures: Vec::new(), warnings: Vec::new() };
        for diagnostic in diagnostics {
            let reason = diagnostic.reason();
            if !diagnostic.is_error() {
                result.warnings.push(reason);
                continue;
            }
            let property = diagnostic.property.unwrap_or_default().into_owned();
            // Of a list, Pulumi would print every account there is.
            let hidden = property.starts_with("accountIds")
                || value(&property).text().is_some_and(looks_like_credential);
            let property = if hidden { String::new() } else { property };
            result.failures.push(CheckFailure { property, reason });
        }
        result
    }
}

impl From<Diff> for DiffResult {
    fn from(diff: Diff) -> Self {
        Self {
            changes: diff.changes,
            replaces: diff.replaces,
            delete_before_replace: diff.delete_before_replace,
        }
    }
}

impl ReadResult {
    pub(super) fn gone() -> Self {
        Self { id: String::new(), props: Value::Missing, inputs: Value::Missing }
    }
}

impl From<&Share> for ImageShare {
    fn from(share: &Share) -> Self {
        Self { account_id: share.account_id.to_string(), shared_time: share.shared_time.clone() }
    }
}

impl From<provider::Finding> for Finding {
    fn from(provider::Finding { what, outcome }: provider::Finding) -> Self {
        let ok = outcome.is_ok();
        Self { what, ok, text: outcome.unwrap_or_else(|error| error.to_string()) }
    }
}

/// The outputs of a share: its inputs, and since when it is shared.
pub(super) fn outputs(state: &State) -> Value {
    let mut outputs = Value::from(&state.inputs).into_entries();
    outputs.push(("sharedTime".into(), state.shared_time.as_str().into()));
    Value::Map(outputs)
}

/// The outputs of a set: its inputs, and for each account since when it is shared.
pub(super) fn set_outputs(state: &SetState) -> Value {
    let times = state
        .shares
        .iter()
        .map(|share| (share.account_id.as_str().to_owned(), share.shared_time.as_str().into()));
    let mut outputs = Value::from(&state.inputs).into_entries();
    outputs.push(("sharedTimes".into(), Value::Map(times.collect())));
    Value::Map(outputs)
}

/// It as JavaScript has it.
pub(super) fn js(given: impl Serialize) -> Result<JsValue, JsValue> {
    write(&given)
}

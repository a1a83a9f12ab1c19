//! What crosses the wall, in the terms of Pulumi's dynamic providers.

use wasm_bindgen::prelude::*;

use super::values::write;
use crate::diagnostic::{Diagnostic, looks_like_credential};
use crate::diff::Diff;
use crate::ecs::Share;
use crate::provider::{Finding, SetState, State};
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
/** The names under which settings are looked for: keys of the stack config, environment variables. */
export interface SettingNames {
    config: string[];
    environment: string[];
}
/**
 * An input that is refused: what is wrong and what to do. The property is empty where its value is not to
 * be shown, since Pulumi prints it beside the name.
 */
export interface CheckFailure {
    property: string;
    reason: string;
}
/** What check returns to Pulumi, and warnings to log. */
export interface CheckResult {
    inputs: Record<string, unknown>;
    failures: CheckFailure[];
    warnings: string[];
}
/** What diff returns to Pulumi. */
export interface DiffResult {
    changes: boolean;
    replaces: string[];
    deleteBeforeReplace: boolean;
}
/** What create returns to Pulumi. */
export interface CreateResult {
    id: string;
    outs: Record<string, unknown>;
}
/** What read returns to Pulumi: an empty id when the resource is gone. */
export interface ReadResult {
    id: string;
    props?: Record<string, unknown>;
    inputs?: Record<string, unknown>;
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
/** One account that an image is shared with, and since when, in UTC: `2023-01-01T12:05:00Z`. */
export interface ImageShare {
    accountId: string;
    sharedTime: string;
}
/** One thing that `examine` looked at. */
export interface Finding {
    what: string;
    ok: boolean;
    text: string;
}
/** Looks for credentials. Only the message of an error named `CredentialsFailure` is shown. */
export type AskForCredentials = (question: CredentialsQuestion) => Promise<CredentialsAnswer>;
"#;

/// What check returns. `value` gives the value of a property, to see whether Pulumi may show it.
pub(super) fn check_result(
    inputs: Value,
    diagnostics: Vec<Diagnostic>,
    value: impl Fn(&str) -> Value,
) -> Result<JsValue, JsValue> {
    let (mut failures, mut warnings) = (Vec::new(), Vec::new());
    for diagnostic in diagnostics {
        let reason = Value::Text(diagnostic.reason());
        if !diagnostic.is_error() {
            warnings.push(reason);
            continue;
        }
        let mut property = diagnostic.property.unwrap_or_default().into_owned();
        // Of a list, Pulumi would print every account there is.
        if property.starts_with("accountIds") || value(&property).text().is_some_and(looks_like_credential) {
            property.clear();
        }
        failures.push(Value::from([("property", Value::Text(property)), ("reason", reason)]));
    }
    object([("inputs", inputs), ("failures", Value::List(failures)), ("warnings", Value::List(warnings))])
}

/// What diff returns.
pub(super) fn diff_result(diff: Diff) -> Result<JsValue, JsValue> {
    object([
        ("changes", Value::Flag(diff.changes)),
        ("replaces", diff.replaces.into_iter().collect()),
        ("deleteBeforeReplace", Value::Flag(diff.delete_before_replace)),
    ])
}

/// What create returns.
pub(super) fn create_result(id: &str, outs: Value) -> Result<JsValue, JsValue> {
    object([("id", id.into()), ("outs", outs)])
}

/// What read returns.
pub(super) fn read_result(id: &str, props: Value, inputs: Value) -> Result<JsValue, JsValue> {
    object([("id", id.into()), ("props", props), ("inputs", inputs)])
}

/// What read returns where nothing is left.
pub(super) fn gone() -> Result<JsValue, JsValue> {
    object([("id", "".into())])
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

pub(super) fn shares(found: &[Share]) -> Result<JsValue, JsValue> {
    let share = |share: &Share| {
        let entries = [
            ("accountId", share.account_id.as_str().into()),
            ("sharedTime", share.shared_time.as_str().into()),
        ];
        Value::from(entries)
    };
    write(&found.iter().map(share).collect::<Value>())
}

pub(super) fn findings(found: Vec<Finding>) -> Result<JsValue, JsValue> {
    let finding = |Finding { what, outcome }: Finding| {
        let ok = Value::Flag(outcome.is_ok());
        let text = outcome.unwrap_or_else(|error| error.to_string());
        Value::from([("what", what.into()), ("ok", ok), ("text", Value::Text(text))])
    };
    write(&found.into_iter().map(finding).collect::<Value>())
}

/// Writes an object.
pub(super) fn object<const N: usize>(entries: [(&str, Value); N]) -> Result<JsValue, JsValue> {
    write(&Value::from(entries))
}

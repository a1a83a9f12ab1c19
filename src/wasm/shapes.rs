//! What crosses the wall, in the terms of Pulumi's dynamic providers.

use serde::Serialize;
use tsify::Tsify;
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
/** What check returns to Pulumi, and warnings to log. */
export interface CheckResult extends Findings {
    inputs: Record<string, unknown>;
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
/** One thing that `examine` looked at. */
export interface Finding {
    what: string;
    ok: boolean;
    text: string;
}
/** Looks for credentials. Only the message of an error named `CredentialsFailure` is shown. */
export type AskForCredentials = (question: CredentialsQuestion) => Promise<CredentialsAnswer>;
"#;

/// The names under which settings are looked for.
#[derive(Serialize, Tsify)]
pub(super) struct SettingNames {
    /// Keys of the stack config.
    pub config: Vec<&'static str>,
    /// Environment variables.
    pub environment: Vec<&'static str>,
}

/// An input that is refused.
#[derive(Serialize, Tsify)]
pub(super) struct CheckFailure {
    /// The input; empty where the value is not to be shown, since Pulumi prints it beside the name.
    property: String,
    /// What is wrong and what to do.
    reason: String,
}

/// What check found.
#[derive(Serialize, Tsify)]
pub(super) struct Findings {
    failures: Vec<CheckFailure>,
    warnings: Vec<String>,
}

/// Makes what check returns.
pub(super) struct CheckResult(Findings);

impl CheckResult {
    /// `value` gives the value of a property, to see whether Pulumi may show it.
    pub(super) fn new(diagnostics: Vec<Diagnostic>, value: impl Fn(&str) -> Value) -> Self {
        let mut findings = Findings { failures: Vec::new(), warnings: Vec::new() };
        for diagnostic in diagnostics {
            let reason = diagnostic.reason();
            if !diagnostic.is_error() {
                findings.warnings.push(reason);
                continue;
            }
            let property = diagnostic.property.unwrap_or_default().into_owned();
            // Of a list, Pulumi would print every account there is.
            let hidden = property.starts_with("accountIds")
                || value(&property).text().is_some_and(looks_like_credential);
            findings
                .failures
                .push(CheckFailure { property: if hidden { String::new() } else { property }, reason });
        }
        Self(findings)
    }

    pub(super) fn with_inputs(&self, inputs: &JsValue) -> Result<JsValue, JsValue> {
        with(write(&self.0)?, &[("inputs", inputs)])
    }
}

/// What diff returns to Pulumi.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct DiffResult {
    changes: bool,
    replaces: Vec<&'static str>,
    delete_before_replace: bool,
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

/// Makes what create returns.
pub(super) struct CreateResult;

impl CreateResult {
    pub(super) fn js(id: &str, outs: &JsValue) -> Result<JsValue, JsValue> {
        with(object(), &[("id", &id.into()), ("outs", outs)])
    }
}

/// Makes what read returns.
pub(super) struct ReadResult;

impl ReadResult {
    pub(super) fn js(id: &str, props: &JsValue, inputs: &JsValue) -> Result<JsValue, JsValue> {
        with(object(), &[("id", &id.into()), ("props", props), ("inputs", inputs)])
    }

    pub(super) fn gone() -> Result<JsValue, JsValue> {
        with(object(), &[("id", &"".into())])
    }
}

/// The outputs of a share: its inputs, and since when it is shared.
pub(super) fn outputs(state: &State) -> Result<JsValue, JsValue> {
    with(write(&state.inputs)?, &[("sharedTime", &state.shared_time.as_str().into())])
}

/// The outputs of a set: its inputs, and for each account since when it is shared.
pub(super) fn set_outputs(state: &SetState) -> Result<JsValue, JsValue> {
    let times = object();
    for share in &state.shares {
        set(&times, share.account_id.as_str(), &share.shared_time.as_str().into())?;
    }
    with(write(&state.inputs)?, &[("sharedTimes", &times)])
}

/// One account that an image is shared with.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImageShare<'a> {
    /// The account.
    account_id: &'a str,
    /// Since when, in UTC: `2023-01-01T12:05:00Z`.
    shared_time: &'a str,
}

pub(super) fn shares(found: &[Share]) -> Result<JsValue, JsValue> {
    let shares: Vec<ImageShare<'_>> = found
        .iter()
        .map(|share| ImageShare { account_id: share.account_id.as_str(), shared_time: &share.shared_time })
        .collect();
    write(&shares)
}

pub(super) fn findings(found: &[Finding]) -> Result<JsValue, JsValue> {
    let list = js_sys::Array::new();
    for Finding { what, outcome } in found {
        let text = match outcome {
            Ok(text) => text.clone(),
            Err(error) => error.to_string(),
        };
        let entries = [("what", &(*what).into()), ("ok", &outcome.is_ok().into()), ("text", &text.into())];
        list.push(&with(object(), &entries)?);
    }
    Ok(list.into())
}

fn object() -> JsValue {
    js_sys::Object::new().into()
}

fn with(object: JsValue, entries: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
    for (key, value) in entries {
        set(&object, key, value)?;
    }
    Ok(object)
}

fn set(object: &JsValue, key: &str, value: &JsValue) -> Result<(), JsValue> {
    js_sys::Reflect::set(object, &key.into(), value).map(|_| ())
}

//! What crosses the wall, in the terms of Pulumi's dynamic providers.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::values::write;
use crate::diagnostic::Diagnostic;
use crate::ecs::Share;
use crate::engine_files::mark;
use crate::provider::{self, Checked, Found, Written};
use crate::rules::Diff;
use crate::secret::looks_like_credential;
use crate::value::Value;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What there is to say: what is wrong, where, and what to do. */
export interface Diagnostic {
    /** Stable name, such as `account-id-malformed`, or the API's own. */
    code: string;
    severity: "error" | "warning" | "info";
    /** The input, such as `accountIds[2]`. */
    property?: string;
    message: string;
    /** The values in the message. */
    values: string[];
    help: string;
    /** Message, help and code in sentences. */
    text: string;
}
/** What was found under the names of `settingNames()`. */
export interface Settings {
    config: Record<string, string>;
    environment: Record<string, string>;
    /** The keys of the stack config that are not encrypted, where that is known. */
    plain?: string[];
}
/** The machine that sources of credentials look at. What is rejected has a `code`, such as `ENOENT`. */
export interface Host {
    readFile(path: string): Promise<Uint8Array>;
    /** Runs a program with its arguments, by no shell; resolves to its standard output. */
    run(command: string[]): Promise<Uint8Array>;
    /**
     * Credentials of a profile that needs a login in a browser, in JSON: `{AccessKeyId, AccessKeySecret,
     * SecurityToken, Expiration}`. Only the message of an error named `CredentialsFailure` is shown.
     */
    logIn?(profile: string, file: string): Promise<Uint8Array>;
    home?: string;
    isWindows?: boolean;
}
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

/// What check returns to Pulumi, and what there is to say beside.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckResult {
    /// The inputs, with what was filled in.
    #[tsify(type = "Properties")]
    pub(super) inputs: Value,
    /// What is refused.
    pub(super) failures: Vec<CheckFailure>,
    /// What is doubtful and goes through.
    #[tsify(type = "Diagnostic[]")]
    pub(super) warnings: Vec<Diagnostic>,
}

/// What diff returns to Pulumi, and what there is to say beside.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct DiffResult {
    /// Whether anything has to be done.
    pub(super) changes: bool,
    /// Inputs whose change replaces the resource.
    pub(super) replaces: Vec<&'static str>,
    /// Whether the old resource is deleted before the new one is created.
    pub(super) delete_before_replace: bool,
    /// What there is to say.
    #[tsify(type = "Diagnostic[]")]
    pub(super) warnings: Vec<Diagnostic>,
}

/// What create and update return to Pulumi, and what there is to say beside.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct WriteResult {
    /// The id.
    pub(super) id: String,
    /// The outputs.
    #[tsify(type = "Properties")]
    pub(super) outs: Value,
    /// What there is to say.
    #[tsify(type = "Diagnostic[]")]
    pub(super) warnings: Vec<Diagnostic>,
}

/// What read returns to Pulumi, and what there is to say beside.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReadResult {
    /// The id; empty when the resource is gone.
    pub(super) id: String,
    /// The outputs.
    #[serde(skip_serializing_if = "Value::is_missing")]
    #[tsify(optional, type = "Properties")]
    pub(super) props: Value,
    /// The inputs.
    #[serde(skip_serializing_if = "Value::is_missing")]
    #[tsify(optional, type = "Properties")]
    pub(super) inputs: Value,
    /// What there is to say.
    #[tsify(type = "Diagnostic[]")]
    pub(super) warnings: Vec<Diagnostic>,
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

/// One thing that was examined.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding {
    /// What it is.
    pub(super) what: String,
    /// Whether it works.
    pub(super) ok: bool,
    /// What was found, or what is wrong and what to do.
    pub(super) text: String,
}

impl From<Checked> for CheckResult {
    fn from(Checked { inputs, diagnostics }: Checked) -> Self {
        let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(Diagnostic::is_error);
        let failure = |error: Diagnostic| {
            // Pulumi prints the value beside the property: not of a list, of which it would print every
            // account there is, and nothing that may be a secret.
            let shown = error.property.filter(|path| {
                let value = inputs.get(path.property);
                path.property != "accountIds" && !value.text().is_some_and(looks_like_credential)
            });
            CheckFailure {
                property: shown.map(|path| path.to_string()).unwrap_or_default(),
                reason: error.sentences(),
            }
        };
        let failures = errors.into_iter().map(failure).collect();
        Self { failures, inputs: mark(inputs), warnings }
    }
}

impl DiffResult {
    pub(super) fn new(diff: Diff, warnings: Vec<Diagnostic>) -> Self {
        let Diff { changes, replaces, delete_before_replace, .. } = diff;
        Self { changes, replaces, delete_before_replace, warnings }
    }
}

impl From<Written> for WriteResult {
    fn from(Written { id, outputs, warnings }: Written) -> Self {
        Self { id, outs: outputs, warnings }
    }
}

impl From<Option<Found>> for ReadResult {
    fn from(found: Option<Found>) -> Self {
        match found {
            Some(Found { id, inputs, outputs, warnings }) => Self { id, props: outputs, inputs, warnings },
            None => Self {
                id: String::new(),
                props: Value::Missing,
                inputs: Value::Missing,
                warnings: Vec::new(),
            },
        }
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

/// It as JavaScript has it.
pub(super) fn js(given: impl Serialize) -> Result<JsValue, JsValue> {
    write(&given)
}

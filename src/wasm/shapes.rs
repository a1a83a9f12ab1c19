//! What crosses the wall, in the terms of Pulumi's dynamic providers.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::diagnostic::{Diagnostic, looks_like_credential};
use crate::diff::Diff;
use crate::input::ShareInput;
use crate::provider::{Checked, State};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** Inputs of one share permission, as a program declared them. */
export interface ShareInputs {
    imageId?: unknown;
    accountId?: unknown;
    region?: unknown;
    profile?: unknown;
    [surplus: string]: unknown;
}
/** What was found under the names of `settingNames()`. */
export interface Settings {
    config: Record<string, string>;
    environment: Record<string, string>;
}
";

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
    /// The input; empty where the value must not be shown, since Pulumi prints it beside the name.
    property: String,
    /// What is wrong and what to do.
    reason: String,
}

/// What check returns to Pulumi, and warnings to log.
#[derive(Serialize, Tsify)]
pub(super) struct CheckResult {
    #[tsify(type = "ShareInputs")]
    inputs: ShareInput,
    failures: Vec<CheckFailure>,
    warnings: Vec<String>,
}

impl From<Checked> for CheckResult {
    fn from(checked: Checked) -> Self {
        let (errors, warnings): (Vec<_>, Vec<_>) =
            checked.diagnostics.into_iter().partition(Diagnostic::is_error);
        let failures = errors
            .into_iter()
            .map(|error| CheckFailure {
                property: error
                    .property
                    .filter(|name| is_shown(&checked.inputs, name))
                    .unwrap_or_default()
                    .into(),
                reason: error.reason(),
            })
            .collect();
        let warnings = warnings.iter().map(Diagnostic::reason).collect();
        Self { inputs: checked.inputs, failures, warnings }
    }
}

fn is_shown(inputs: &ShareInput, property: &str) -> bool {
    let value = match property {
        "imageId" => &inputs.image_id,
        "accountId" => &inputs.account_id,
        "region" => &inputs.region,
        _ => &inputs.profile,
    };
    !value.text().is_some_and(looks_like_credential)
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

/// Inputs and outputs of a share.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outputs {
    #[serde(flatten)]
    #[tsify(type = "ShareInputs")]
    inputs: ShareInput,
    shared_time: String,
}

/// What create returns to Pulumi.
#[derive(Serialize, Tsify)]
pub(super) struct CreateResult {
    pub id: String,
    pub outs: Outputs,
}

impl From<State> for CreateResult {
    fn from(state: State) -> Self {
        Self { id: state.id, outs: Outputs { inputs: state.inputs, shared_time: state.shared_time } }
    }
}

/// What read returns to Pulumi: an empty id when the share is gone.
#[derive(Serialize, Tsify)]
pub(super) struct ReadResult {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    props: Option<Outputs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "ShareInputs")]
    inputs: Option<ShareInput>,
}

impl From<Option<State>> for ReadResult {
    fn from(state: Option<State>) -> Self {
        match state {
            Some(state) => {
                let inputs = Some(state.inputs.clone());
                let CreateResult { id, outs } = state.into();
                Self { id, props: Some(outs), inputs }
            }
            None => Self { id: String::new(), props: None, inputs: None },
        }
    }
}

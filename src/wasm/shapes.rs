//! What crosses the wall, in the terms of Pulumi's dynamic providers.

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

/// A type that JavaScript gets. Its TypeScript and its values come from one list of fields; it is made a
/// [`Value`], which [`write`] says why.
macro_rules! given {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $key:literal $field:ident: $type:ty,)+ }) => {
        $(#[$about])*
        #[derive(Tsify)]
        pub(super) struct $name {
            $($(#[$what])* #[serde(rename = $key)] pub(super) $field: $type,)+
        }

        impl From<$name> for Value {
            fn from(given: $name) -> Self {
                Self::given(vec![$(($key, given.$field.into())),+])
            }
        }
    };
}

given! {
    /// The names under which settings are looked for.
    SettingNames {
        /// Keys of the stack config.
        "config" config: Vec<&'static str>,
        /// Environment variables.
        "environment" environment: Vec<&'static str>,
    }
}
given! {
    /// An input that is refused.
    CheckFailure {
        /// The input; empty where the value is not to be shown, since Pulumi prints it beside the name.
        "property" property: String,
        /// What is wrong and what to do.
        "reason" reason: String,
    }
}
given! {
    /// What check returns to Pulumi, and warnings to log.
    CheckResult {
        /// The inputs, with what was filled in.
        #[tsify(type = "Record<string, unknown>")]
        "inputs" inputs: Value,
        /// What is refused.
        "failures" failures: Vec<CheckFailure>,
        /// What is doubtful and goes through.
        "warnings" warnings: Vec<String>,
    }
}
given! {
    /// What diff returns to Pulumi.
    DiffResult {
        /// Whether anything has to be done.
        "changes" changes: bool,
        /// Inputs whose change replaces the resource.
        "replaces" replaces: Vec<&'static str>,
        /// Whether the old one has to go first.
        "deleteBeforeReplace" delete_before_replace: bool,
    }
}
given! {
    /// What create returns to Pulumi.
    CreateResult {
        /// The id.
        "id" id: String,
        /// The outputs.
        #[tsify(type = "Record<string, unknown>")]
        "outs" outs: Value,
    }
}
given! {
    /// What read returns to Pulumi.
    ReadResult {
        /// The id; empty when the resource is gone.
        "id" id: String,
        /// The outputs.
        #[tsify(optional, type = "Record<string, unknown>")]
        "props" props: Value,
        /// The inputs.
        #[tsify(optional, type = "Record<string, unknown>")]
        "inputs" inputs: Value,
    }
}
given! {
    /// One account that an image is shared with.
    ImageShare {
        /// The account.
        "accountId" account_id: String,
        /// Since when, in UTC: `2023-01-01T12:05:00Z`.
        "sharedTime" shared_time: String,
    }
}
given! {
    /// One thing that `examine` looked at.
    Finding {
        /// What it is.
        "what" what: &'static str,
        /// Whether it works.
        "ok" ok: bool,
        /// What was found, or what is wrong and what to do.
        "text" text: String,
    }
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
pub(super) fn js(given: impl Into<Value>) -> Result<JsValue, JsValue> {
    write(&given.into())
}

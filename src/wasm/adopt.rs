//! Migrations, for JavaScript.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::values::{value, write};
use crate::adopt::{self, Adopted, Migration, Options};
use crate::diagnostic::Diagnostic;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What is wrong and what to do. */
export interface Diagnostic {
    code: string;
    message: string;
    help: string;
    text: string;
}
/** What a user asks of a migration. */
export interface Options {
    to?: string | undefined;
    as?: string | undefined;
    language?: string | undefined;
    /** `cn-hangzhou`, or `<provider>=cn-hangzhou`. */
    regions?: readonly string[] | undefined;
    /** A random UUID. */
    uuid?: string | undefined;
    /** The text of an address book. */
    accounts?: string | undefined;
}
/** Type, name and id of a resource. */
export interface ResourceReference { type: string; name: string; id: string }
/** What a state becomes. */
export interface Migration {
    moves: { from: ResourceReference; to: ResourceReference }[];
    left: { resource: ResourceReference; why: string }[];
    notes: string[];
    /** The new state. */
    state?: string;
    importFile?: string;
    program: string;
}
/** What the shares of an account become. */
export interface Adopted { images: number; shares: number; importFile?: string; program: string }
/** What was made, or why nothing was. */
export type Outcome<T> = { made: T } | { errors: Diagnostic[] };
"#;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Outcome<T> {
    Made(T),
    Errors(Vec<Diagnostic>),
}

impl<T> From<Result<T, Vec<Diagnostic>>> for Outcome<T> {
    fn from(result: Result<T, Vec<Diagnostic>>) -> Self {
        result.map_or_else(Self::Errors, Self::Made)
    }
}

fn options(from: &JsValue) -> Result<Result<Options, Vec<Diagnostic>>, JsValue> {
    Ok(Options::read(&value(from)?).map_err(|wrong| vec![wrong]))
}

/// Makes of a state, as its export's text, what the options say.
#[wasm_bindgen(unchecked_return_type = "Outcome<Migration>")]
pub fn migrate(
    state: &str,
    #[wasm_bindgen(js_name = options, unchecked_param_type = "Options")] asked: JsValue,
) -> Result<JsValue, JsValue> {
    let made = options(&asked)?.and_then(|options| adopt::migrate(state, &options));
    write(&Outcome::<Migration>::from(made))
}

/// Makes of an inventory, a list of `{imageId, name, region, accounts}`, an import file and a program.
#[wasm_bindgen(js_name = adopt, unchecked_return_type = "Outcome<Adopted>")]
pub fn adopted(
    #[wasm_bindgen(unchecked_param_type = "readonly object[]")] inventory: JsValue,
    #[wasm_bindgen(js_name = options, unchecked_param_type = "Options")] asked: JsValue,
) -> Result<JsValue, JsValue> {
    let inventory = value(&inventory)?;
    let made = options(&asked)?.and_then(|options| adopt::adopt(&inventory, &options));
    write(&Outcome::<Adopted>::from(made))
}

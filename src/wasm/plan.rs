//! Plans, for JavaScript.

use wasm_bindgen::prelude::*;

use super::errors;
use super::values::{value, write};
use crate::plan;
use crate::rules::{self, ResourceType};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Inputs of one share permission, as a person typed them. */
export interface ShareInputs {
    imageId?: unknown;
    accountId?: unknown;
    region?: unknown;
    profile?: unknown;
}
/** A value of a plan, or why it is not shown. */
export type Cell = string | { hidden: "unknown" | "secret" | "malformed" | "absent" };
/** What a rule has to say. */
export interface Diagnostic {
    code: string;
    severity: "error" | "warning" | "info";
    property?: string;
    message: string;
    values: string[];
    help: string;
    text: string;
}
"#;

/// A plan of the Pulumi engine that is being read.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Plan {
    inner: plan::Plan,
}

#[wasm_bindgen]
impl Plan {
    /// A plan under a limit of accounts an image; the usual one where none is given.
    #[wasm_bindgen(constructor)]
    pub fn new(limit: Option<u32>) -> Self {
        Self { inner: plan::Plan::new(limit) }
    }

    /// Takes the next bytes of a file.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.inner.feed(chunk);
    }

    /// Ends a file; what is fed then is another one.
    #[wasm_bindgen(js_name = endFile)]
    pub fn end_file(&mut self) {
        self.inner.end_file();
    }

    /// The report, as JSON of the type `Report`.
    pub fn report(&mut self) -> Result<String, JsValue> {
        serde_json::to_string(&self.inner.finish()).map_err(|_| errors::wrong_shape())
    }
}

/// What the rules have to say of the inputs of a share.
#[wasm_bindgen(js_name = judge, unchecked_return_type = "Diagnostic[]")]
pub fn judge(
    #[wasm_bindgen(unchecked_param_type = "ShareInputs")] inputs: JsValue,
) -> Result<JsValue, JsValue> {
    write(&rules::judge(ResourceType::Share, &value(&inputs)?, None))
}

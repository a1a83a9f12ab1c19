//! The names of settings, for JavaScript.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::values::write;
use crate::setting_names::{config_keys, environment_names};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What was found under the names of `settingNames()`. */
export interface Settings {
    config: Record<string, string>;
    environment: Record<string, string>;
    /** The keys of the stack config that are not encrypted, where that is known. */
    plain?: string[];
}
"#;

/// The names under which settings are looked for.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct SettingNames {
    /// Keys of the stack config.
    config: Vec<&'static str>,
    /// Environment variables.
    environment: Vec<&'static str>,
}

/// The names under which settings are looked for: keys of the stack config, environment variables.
#[wasm_bindgen(js_name = settingNames, unchecked_return_type = "SettingNames")]
pub fn setting_names() -> Result<JsValue, JsValue> {
    write(&SettingNames { config: config_keys(), environment: environment_names() })
}

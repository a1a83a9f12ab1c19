//! The names of settings, for JavaScript.

use wasm_bindgen::prelude::*;

use super::shapes::{SettingNames, js};
use crate::setting_names::{config_keys, environment_names};

/// The names under which settings are looked for: keys of the stack config, environment variables.
#[wasm_bindgen(js_name = settingNames, unchecked_return_type = "SettingNames")]
pub fn setting_names() -> Result<JsValue, JsValue> {
    js(SettingNames { config: config_keys(), environment: environment_names() })
}

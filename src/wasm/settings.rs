//! The names of settings, for JavaScript.

use wasm_bindgen::prelude::*;

use super::shapes::{SettingNames, js};
use crate::settings;

/// The names under which settings are looked for: keys of the stack config, environment variables.
#[wasm_bindgen(js_name = settingNames, unchecked_return_type = "SettingNames")]
pub fn setting_names() -> Result<JsValue, JsValue> {
    js(SettingNames { config: settings::config_keys(), environment: settings::environment_names() })
}

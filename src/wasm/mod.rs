//! The wall: the only module that knows JavaScript.
//!
//! Option objects cross by serde, response bodies as bytes, errors as `Error`s with `name` and `code`.
//! Methods take `&self`: an exported `&mut self` that awaits panics when it is called again meanwhile.

mod errors;
mod fetch;
mod provider;
mod register;
mod shapes;
mod signer;
mod values;

use wasm_bindgen::prelude::*;

use crate::settings;
use shapes::SettingNames;
use values::write;

/// The names under which settings are looked for: keys of the stack config, environment variables.
#[wasm_bindgen(js_name = settingNames, unchecked_return_type = "SettingNames")]
pub fn setting_names() -> Result<JsValue, JsValue> {
    write(&SettingNames { config: settings::config_keys(), environment: settings::environment_names() })
}

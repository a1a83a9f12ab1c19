//! The wall: the only module that knows JavaScript.
//!
//! Option objects cross by serde, response bodies as bytes, errors as `Error`s with `name` and `code`.
//! Methods take `&self`: an exported `&mut self` that awaits panics when it is called again meanwhile.

mod errors;
mod fetch;
mod shapes;

use std::rc::Rc;

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::input::ShareInput;
use crate::provider::{self, State};
use crate::settings;
use crate::value::Value;
use errors::to_js;
use fetch::FetchTransport;
use shapes::{CheckResult, CreateResult, DiffResult, ReadResult, SettingNames};

fn read<T: From<Value>>(value: JsValue) -> Result<T, JsValue> {
    // serde-wasm-bindgen's own message repeats the value, which may be a secret.
    let value: Value = serde_wasm_bindgen::from_value(value).map_err(|_| errors::wrong_shape())?;
    Ok(value.into())
}

fn write(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|_| errors::wrong_shape())
}

/// The names under which settings are looked for: keys of the stack config, environment variables.
#[wasm_bindgen(js_name = settingNames, unchecked_return_type = "SettingNames")]
pub fn setting_names() -> Result<JsValue, JsValue> {
    write(&SettingNames { config: settings::config_keys(), environment: settings::environment_names() })
}

/// Shares images with accounts, for Pulumi's dynamic provider.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Provider {
    inner: Rc<provider::Provider<FetchTransport>>,
}

#[wasm_bindgen]
impl Provider {
    /// A provider with what was found under `settingNames()`, and a `fetch` to use in place of the global one.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "typeof fetch")] fetch: Option<Function>,
    ) -> Result<Self, JsValue> {
        let provider = provider::Provider::new(FetchTransport::new(fetch), read(settings)?);
        Ok(Self { inner: Rc::new(provider) })
    }

    /// Judges inputs and fills in the region.
    #[wasm_bindgen(unchecked_return_type = "CheckResult")]
    pub async fn check(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] news: JsValue,
    ) -> Result<JsValue, JsValue> {
        let checked = self.inner.check(read(news)?);
        write(&CheckResult::from(checked))
    }

    /// Compares a share with its declaration.
    #[wasm_bindgen(unchecked_return_type = "DiffResult")]
    pub async fn diff(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] news: JsValue,
    ) -> Result<JsValue, JsValue> {
        write(&DiffResult::from(self.inner.diff(&read(olds)?, &read(news)?)))
    }

    /// Shares the image, or adopts the share that is there, and resolves once it shows.
    #[wasm_bindgen(unchecked_return_type = "CreateResult")]
    pub async fn create(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] inputs: JsValue,
    ) -> Result<JsValue, JsValue> {
        let inner = Rc::clone(&self.inner);
        let inputs: ShareInput = read(inputs)?;
        match inner.create(inputs.clone()).await {
            Ok(state) => write(&CreateResult::from(state)),
            Err(error) if error.is_doubtful() => {
                let state = inner.state_in_doubt(&inputs).map_err(|error| to_js(&error))?;
                let CreateResult { id, outs } = state.into();
                Err(errors::in_doubt(&error, &id, &write(&outs)?))
            }
            Err(error) => Err(to_js(&error)),
        }
    }

    /// The share as it is; its id is empty when it is gone.
    #[wasm_bindgen(unchecked_return_type = "ReadResult")]
    pub async fn read(
        &self,
        id: String,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] known: JsValue,
    ) -> Result<JsValue, JsValue> {
        let inner = Rc::clone(&self.inner);
        let state: Option<State> = inner.read(&id, &read(known)?).await.map_err(|error| to_js(&error))?;
        write(&ReadResult::from(state))
    }

    /// Ends the share.
    pub async fn delete(
        &self,
        id: String,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] known: JsValue,
    ) -> Result<(), JsValue> {
        let inner = Rc::clone(&self.inner);
        inner.delete(&id, &read(known)?).await.map_err(|error| to_js(&error))
    }
}

//! The provider, for Pulumi's dynamic providers.

use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use super::errors::{self, to_js};
use super::fetch::FetchTransport;
use super::shapes::{
    CheckResult, CreateResult, DiffResult, Finding, ImageShare, ReadResult, js, outputs, set_outputs,
};
use super::values::{read, value};
use crate::error::Error;
use crate::input::ShareInput;
use crate::provider::{self, Partial, SetState};
use crate::share_set::SetInput;
use crate::value::Value;

/// Shares images with accounts. Methods for a single share, and for a set with `Set` in their names.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Provider {
    inner: Rc<provider::Provider<FetchTransport>>,
}

/// One kind of future for all methods: each kind takes 4 KB of wasm of its own to become a promise.
fn promise(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    let future: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>> = Box::pin(future);
    wasm_bindgen_futures::future_to_promise(future)
}

fn failed(error: Error) -> JsValue {
    to_js(&error)
}

/// What the state has: nothing before a create.
fn recorded<I: From<Value>>(olds: &JsValue) -> Result<Option<I>, JsValue> {
    let value: Value = value(olds)?;
    let empty = value.get("imageId") == &Value::Missing;
    Ok((!empty).then(|| value.into()))
}

#[wasm_bindgen]
impl Provider {
    /// A provider with what was found under `settingNames()`, a `fetch` to use in place of the global one,
    /// and what looks for credentials outside of the settings.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "typeof globalThis.fetch")] fetch: Option<Function>,
        #[wasm_bindgen(unchecked_optional_param_type = "AskForCredentials")] credentials: Option<Function>,
    ) -> Result<Self, JsValue> {
        let transport = FetchTransport::new(fetch, credentials);
        let provider = provider::Provider::new(transport, read(&settings)?);
        Ok(Self { inner: Rc::new(provider) })
    }

    /// What was decided between settings that contradict each other, a line each, for the debug log.
    pub fn decisions(&self) -> Vec<String> {
        self.inner.decisions()
    }

    /// Looks at what is in force and what works; sends nothing that changes anything.
    #[wasm_bindgen(unchecked_return_type = "Promise<Finding[]>")]
    pub fn examine(
        &self,
        #[wasm_bindgen(js_name = imageId)] image_id: String,
        #[wasm_bindgen(unchecked_optional_param_type = "string")] profile: Option<String>,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            let profile = profile.map_or(Value::Missing, Value::Text);
            let found = inner.examine(&image_id, &profile).await;
            js(found.into_iter().map(Finding::from).collect::<Vec<_>>())
        })
    }

    /// Judges inputs, fills in the region, and looks at the image where it has to change.
    #[wasm_bindgen(unchecked_return_type = "Promise<CheckResult>")]
    pub fn check(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] news: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            let olds: Option<ShareInput> = recorded(&olds)?;
            let checked = inner.check(olds.as_ref(), read(&news)?).await;
            let inputs = checked.inputs;
            let value = |property: &str| match property {
                "imageId" => inputs.image_id.clone(),
                "accountId" => inputs.account_id.clone(),
                "region" => inputs.region.clone(),
                _ => inputs.profile.clone(),
            };
            js(CheckResult::new((&inputs).into(), checked.diagnostics, value))
        })
    }

    /// Compares a share with its declaration.
    #[wasm_bindgen(unchecked_return_type = "Promise<DiffResult>")]
    pub fn diff(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] news: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move { js(DiffResult::from(inner.diff(&read(&olds)?, &read(&news)?))) })
    }

    /// Shares the image, or adopts the share that is there, and resolves once it shows.
    #[wasm_bindgen(unchecked_return_type = "Promise<CreateResult>")]
    pub fn create(&self, #[wasm_bindgen(unchecked_param_type = "ShareInputs")] inputs: JsValue) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            let inputs: ShareInput = read(&inputs)?;
            match inner.create(inputs.clone()).await {
                Ok(state) => js(CreateResult { outs: outputs(&state), id: state.id }),
                Err(error) if error.is_doubtful() => {
                    let state = inner.state_in_doubt(&inputs).map_err(failed)?;
                    Err(errors::unfinished(&error, &state.id, &js(outputs(&state))?))
                }
                Err(error) => Err(failed(error)),
            }
        })
    }

    /// The share as it is; its id is empty when it is gone.
    #[wasm_bindgen(unchecked_return_type = "Promise<ReadResult>")]
    pub fn read(
        &self,
        id: String,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] known: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            match inner.read(&id, &read(&known)?).await.map_err(failed)? {
                Some(state) => {
                    js(ReadResult { props: outputs(&state), inputs: (&state.inputs).into(), id: state.id })
                }
                None => js(ReadResult::gone()),
            }
        })
    }

    /// Ends the share.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn delete(
        &self,
        id: String,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs")] known: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            inner.delete(&id, &read(&known)?).await.map_err(failed)?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Judges inputs, puts the accounts in order, fills in the region, and looks at the image.
    #[wasm_bindgen(js_name = checkSet, unchecked_return_type = "Promise<CheckResult>")]
    pub fn check_set(
        &self,
        #[wasm_bindgen(unchecked_param_type = "SetInputs")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "SetInputs")] news: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            let olds: Option<SetInput> = recorded(&olds)?;
            let checked = inner.check_set(olds.as_ref(), read(&news)?).await;
            let inputs = checked.inputs;
            let value = |property: &str| match property {
                "imageId" => inputs.image_id.clone(),
                _ => Value::Missing,
            };
            js(CheckResult::new((&inputs).into(), checked.diagnostics, value))
        })
    }

    /// Compares a set with its declaration.
    #[wasm_bindgen(js_name = diffSet, unchecked_return_type = "Promise<DiffResult>")]
    pub fn diff_set(
        &self,
        #[wasm_bindgen(unchecked_param_type = "SetInputs")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "SetInputs")] news: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move { js(DiffResult::from(inner.diff_set(&read(&olds)?, &read(&news)?))) })
    }

    /// Shares the image with each account of a set.
    #[wasm_bindgen(js_name = createSet, unchecked_return_type = "Promise<CreateResult>")]
    pub fn create_set(&self, #[wasm_bindgen(unchecked_param_type = "SetInputs")] inputs: JsValue) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move { set_result(inner.create_set(read(&inputs)?).await) })
    }

    /// Brings a set from what it owned to what it declares.
    #[wasm_bindgen(js_name = updateSet, unchecked_return_type = "Promise<CreateResult>")]
    pub fn update_set(
        &self,
        #[wasm_bindgen(unchecked_param_type = "SetInputs")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "SetInputs")] news: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            let olds: SetInput = read(&olds)?;
            set_result(inner.update_set(&olds, read(&news)?).await)
        })
    }

    /// The set as it is; its id is empty when it is gone.
    #[wasm_bindgen(js_name = readSet, unchecked_return_type = "Promise<ReadResult>")]
    pub fn read_set(
        &self,
        id: String,
        #[wasm_bindgen(unchecked_param_type = "SetInputs")] known: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            match inner.read_set(&id, &read(&known)?).await.map_err(failed)? {
                Some(state) => js(ReadResult {
                    props: set_outputs(&state),
                    inputs: (&state.inputs).into(),
                    id: state.id,
                }),
                None => js(ReadResult::gone()),
            }
        })
    }

    /// Ends the shares of a set.
    #[wasm_bindgen(js_name = deleteSet, unchecked_return_type = "Promise<void>")]
    pub fn delete_set(
        &self,
        id: String,
        #[wasm_bindgen(unchecked_param_type = "SetInputs")] known: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            inner.delete_set(&id, &read(&known)?).await.map_err(failed)?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Every account that an image is shared with, and since when.
    #[wasm_bindgen(unchecked_return_type = "Promise<ImageShare[]>")]
    pub fn shares(
        &self,
        #[wasm_bindgen(js_name = imageId)] image_id: String,
        #[wasm_bindgen(unchecked_optional_param_type = "string")] region: Option<String>,
        #[wasm_bindgen(unchecked_optional_param_type = "string")] profile: Option<String>,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            let value = |text: Option<String>| text.map_or(Value::Missing, Value::Text);
            let shares = inner.shares(&image_id, &value(region), &value(profile)).await.map_err(failed)?;
            js(shares.iter().map(ImageShare::from).collect::<Vec<_>>())
        })
    }
}

fn set_result(result: Result<SetState, Partial>) -> Result<JsValue, JsValue> {
    match result {
        Ok(state) => js(CreateResult { outs: set_outputs(&state), id: state.id }),
        Err(Partial::Refused(error)) => Err(failed(error)),
        Err(Partial::Done { state, error }) => {
            Err(errors::unfinished(&error, &state.id, &js(set_outputs(&state))?))
        }
    }
}

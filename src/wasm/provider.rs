//! The provider, for Pulumi's dynamic providers.

use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::errors::{failed, rejected};
use super::fetch::FetchTransport;
use super::shapes::{CheckResult, DiffResult, Finding, ImageShare, ReadResult, WriteResult, js};
use super::values::value;
use crate::provider;
use crate::rules::ResourceType;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A share with one account, or a set of shares. */
export type ResourceKind = "share" | "set";
/** What a program declared of a resource, or what a state has of it. */
export type Properties = Record<string, unknown>;
"#;

/// Shares images with accounts. Everything that it takes is judged: no value makes it panic.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Provider {
    inner: Rc<provider::Provider<FetchTransport>>,
}

fn kind(name: &str) -> ResourceType {
    if name == "set" { ResourceType::Set } else { ResourceType::Share }
}

#[wasm_bindgen]
impl Provider {
    /// A provider with what was found under `settingNames()`, a `fetch` to use in place of the global one,
    /// what looks for credentials outside of the settings, and what shows the progress of long waits.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "typeof globalThis.fetch")] fetch: Option<Function>,
        #[wasm_bindgen(unchecked_optional_param_type = "AskForCredentials")] credentials: Option<Function>,
        #[wasm_bindgen(unchecked_optional_param_type = "(note: string) => void")] progress: Option<Function>,
    ) -> Result<Self, JsValue> {
        let transport = FetchTransport::new(fetch, credentials, progress);
        let provider = provider::Provider::new(transport, value(&settings)?.into());
        Ok(Self { inner: Rc::new(provider) })
    }

    /// What was decided between settings that contradict each other, a line each, for the debug log.
    pub fn decisions(&self) -> Vec<String> {
        self.inner.decisions()
    }

    /// How long a connection may take to open, in milliseconds.
    #[wasm_bindgen(getter, js_name = connectTimeout)]
    pub fn connect_timeout(&self) -> f64 {
        self.inner.connect_timeout().as_secs_f64() * 1000.0
    }

    /// Examines what is in force and what works; sends nothing that changes anything. The arguments have
    /// optionally `imageId` and `profile`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Finding[]>")]
    pub fn examine(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Properties")] arguments: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            let found = inner.examine(&value(&arguments)?).await;
            js(found.into_iter().map(Finding::from).collect::<Vec<_>>())
        })
    }

    /// Judges inputs, fills in the region, puts a set's accounts in order, and inspects the image of a
    /// resource that changes.
    #[wasm_bindgen(unchecked_return_type = "Promise<CheckResult>")]
    pub fn check(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "Properties")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] news: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            let checked = inner.check(kind(&name), &value(&olds)?, &value(&news)?).await;
            js(CheckResult::from(checked))
        })
    }

    /// Compares a resource with its declaration.
    #[wasm_bindgen(unchecked_return_type = "Promise<DiffResult>")]
    pub fn diff(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "Properties")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] news: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            let (diff, warnings) = inner
                .diff(kind(&name), &value(&olds)?, &value(&news)?)
                .await
                .map_err(|error| rejected(&error))?;
            js(DiffResult::new(diff, warnings))
        })
    }

    /// Shares the image, or adopts the shares that exist, and resolves once that shows.
    #[wasm_bindgen(unchecked_return_type = "Promise<WriteResult>")]
    pub fn create(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "Properties")] inputs: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            let written = inner.create(kind(&name), &value(&inputs)?).await;
            js(WriteResult::from(written.map_err(failed)?))
        })
    }

    /// Brings a resource from what the state has of it to what it declares.
    #[wasm_bindgen(unchecked_return_type = "Promise<WriteResult>")]
    pub fn update(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "Properties")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] news: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            let written = inner.update(kind(&name), &value(&olds)?, &value(&news)?).await;
            js(WriteResult::from(written.map_err(failed)?))
        })
    }

    /// The resource as it is; its id is empty when it is gone.
    #[wasm_bindgen(unchecked_return_type = "Promise<ReadResult>")]
    pub fn read(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] known: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            let found =
                inner.read(kind(&name), value(&id)?.text().unwrap_or_default(), &value(&known)?).await;
            js(ReadResult::from(found.map_err(|error| rejected(&error))?))
        })
    }

    /// Revokes the shares of a resource, and resolves to what there is to say.
    #[wasm_bindgen(unchecked_return_type = "Promise<Diagnostic[]>")]
    pub fn delete(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] known: JsValue,
    ) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            let deleted =
                inner.delete(kind(&name), value(&id)?.text().unwrap_or_default(), &value(&known)?).await;
            js(deleted.map_err(failed)?)
        })
    }

    /// Every account that an image is shared with, and since when. The arguments have `imageId`, and
    /// optionally `region` and `profile`.
    #[wasm_bindgen(unchecked_return_type = "Promise<ImageShare[]>")]
    pub fn shares(&self, #[wasm_bindgen(unchecked_param_type = "Properties")] arguments: JsValue) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            let shares = inner.shares(&value(&arguments)?).await.map_err(|error| rejected(&error))?;
            js(shares.iter().map(ImageShare::from).collect::<Vec<_>>())
        })
    }
}

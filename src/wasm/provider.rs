//! The provider, for Pulumi's dynamic providers.

use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::call::Call;
use super::fetch::FetchTransport;
use super::host::JsHost;
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

impl Provider {
    /// Every call is one kind of future, and what cannot be read of its arguments rejects its promise.
    fn promise(&self, call: Result<Call, JsValue>) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move { call?.run(&inner).await })
    }
}

#[wasm_bindgen]
impl Provider {
    /// A provider with what was found under `settingNames()`, a `fetch` to use in place of the global one,
    /// what reads files and runs commands for credentials, and what shows the progress of long waits.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "typeof globalThis.fetch")] fetch: Option<Function>,
        #[wasm_bindgen(unchecked_optional_param_type = "Host")] host: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "(note: string) => void")] progress: Option<Function>,
    ) -> Result<Self, JsValue> {
        let transport = FetchTransport::new(fetch, JsHost::new(host), progress);
        let provider = provider::Provider::new(transport, value(&settings)?.into());
        Ok(Self { inner: Rc::new(provider) })
    }

    /// What was decided between settings that contradict each other, a line each, for the debug log.
    pub fn decisions(&self) -> Vec<String> {
        self.inner.decisions()
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
        self.promise(Call::check(kind(&name), &olds, &news))
    }

    /// Compares a resource with its declaration.
    #[wasm_bindgen(unchecked_return_type = "Promise<DiffResult>")]
    pub fn diff(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "Properties")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] news: JsValue,
    ) -> Promise {
        self.promise(Call::diff(kind(&name), &olds, &news))
    }

    /// Shares the image, or adopts the shares that exist, and resolves once that shows.
    #[wasm_bindgen(unchecked_return_type = "Promise<WriteResult>")]
    pub fn create(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "Properties")] inputs: JsValue,
    ) -> Promise {
        self.promise(Call::create(kind(&name), &inputs))
    }

    /// Brings a resource from what the state has of it to what it declares.
    #[wasm_bindgen(unchecked_return_type = "Promise<WriteResult>")]
    pub fn update(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "Properties")] olds: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] news: JsValue,
    ) -> Promise {
        self.promise(Call::update(kind(&name), &olds, &news))
    }

    /// The resource as it is; its id is empty when it is gone.
    #[wasm_bindgen(unchecked_return_type = "Promise<ReadResult>")]
    pub fn read(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] known: JsValue,
    ) -> Promise {
        self.promise(Call::read(kind(&name), &id, &known))
    }

    /// Revokes the shares of a resource, and resolves to what there is to say.
    #[wasm_bindgen(unchecked_return_type = "Promise<Diagnostic[]>")]
    pub fn delete(
        &self,
        #[wasm_bindgen(js_name = resourceKind, unchecked_param_type = "ResourceKind")] name: String,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Properties")] known: JsValue,
    ) -> Promise {
        self.promise(Call::delete(kind(&name), &id, &known))
    }

    /// Every account that an image is shared with, and since when. The arguments have `imageId`, and
    /// optionally `region` and `profile`.
    #[wasm_bindgen(unchecked_return_type = "Promise<ImageShare[]>")]
    pub fn shares(&self, #[wasm_bindgen(unchecked_param_type = "Properties")] arguments: JsValue) -> Promise {
        self.promise(Call::shares(&arguments))
    }
}

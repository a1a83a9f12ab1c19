//! What the commands read of an account, for JavaScript.

use std::rc::Rc;

use js_sys::{Function, Promise};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::errors::rejected;
use super::fetch::FetchTransport;
use super::host::JsHost;
use super::values::{value, write};
use crate::provider;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** An image, and the accounts that it is shared with. */
export interface SharedImage { imageId: string; name: string; region: string; accounts: string[] }
"#;

/// One thing that was examined.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct Finding {
    /// What it is.
    what: String,
    /// Whether it works.
    ok: bool,
    /// What was found, or what is wrong and what to do.
    text: String,
}

impl From<provider::Finding> for Finding {
    fn from(provider::Finding { what, outcome }: provider::Finding) -> Self {
        let ok = outcome.is_ok();
        Self { what, ok, text: outcome.unwrap_or_else(|error| error.to_string()) }
    }
}

/// What the commands ask of the cloud. Nothing that it sends changes anything.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Commands {
    provider: Rc<provider::Provider<FetchTransport>>,
}

#[wasm_bindgen]
impl Commands {
    /// The commands with what was found under `settingNames()`, a `fetch` to use in place of the global one, and
    /// what reads files and runs commands for credentials.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "typeof globalThis.fetch")] fetch: Option<Function>,
        #[wasm_bindgen(unchecked_optional_param_type = "Host")] host: JsValue,
    ) -> Result<Self, JsValue> {
        let transport = FetchTransport::new(fetch, JsHost::new(host), None);
        Ok(Self { provider: Rc::new(provider::Provider::new(transport, value(&settings)?.into())) })
    }

    /// What was decided between settings that contradict each other, a line each.
    pub fn decisions(&self) -> Vec<String> {
        self.provider.decisions()
    }

    /// Examines what is in force and what works. The arguments have optionally `imageId` and `profile`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Finding[]>")]
    pub fn examine(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] arguments: JsValue,
    ) -> Result<Promise, JsValue> {
        let (provider, arguments) = (Rc::clone(&self.provider), value(&arguments)?);
        Ok(future_to_promise(async move {
            let found = provider.examine(&arguments).await;
            write(&found.into_iter().map(Finding::from).collect::<Vec<_>>())
        }))
    }

    /// Every image of the account's own that is shared, with its accounts. The arguments have optionally
    /// `regions` and `profile`.
    #[wasm_bindgen(unchecked_return_type = "Promise<SharedImage[]>")]
    pub fn inventory(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] arguments: JsValue,
    ) -> Result<Promise, JsValue> {
        let (provider, arguments) = (Rc::clone(&self.provider), value(&arguments)?);
        Ok(future_to_promise(async move {
            write(&provider.inventory(&arguments).await.map_err(|error| rejected(&error))?)
        }))
    }
}

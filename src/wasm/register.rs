//! The register of claims, for a program's own process.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::values::{read, value};
use crate::account::AccountId;
use crate::diagnostic::Diagnostic;
use crate::image::ImageId;
use crate::register;
use crate::settings::Settings;
use crate::value::Value;

/// The shares that the resources of a program claim.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Register {
    inner: RefCell<register::Register>,
    settings: Settings,
}

#[wasm_bindgen]
impl Register {
    /// An empty register; the settings tell the region of resources that name none.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
    ) -> Result<Self, JsValue> {
        Ok(Self { inner: RefCell::default(), settings: read(&settings)? })
    }

    /// A resource, by its name, claims the share or the shares of its inputs. Returns what there is to say
    /// where another one claims one of them, or would end it. Malformed inputs claim nothing.
    pub fn claim(
        &self,
        name: String,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs | SetInputs")] inputs: JsValue,
    ) -> Result<Vec<String>, JsValue> {
        let inputs = value(&inputs)?;
        let Some(image) = inputs.get("imageId").text().and_then(|text| ImageId::parse(text).ok()) else {
            return Ok(Vec::new());
        };
        if *inputs.get("region") == Value::Unknown {
            return Ok(Vec::new());
        }
        let region = self.settings.region(inputs.get("region"));
        let region = region.map(|region| region.to_string()).unwrap_or_default();
        let account_ids = inputs.get("accountIds");
        let single = std::slice::from_ref(inputs.get("accountId"));
        let accounts = single.iter().chain(account_ids.items());
        let claim = register::Claim {
            name,
            is_set: *account_ids != Value::Missing,
            is_authoritative: inputs.text_at("mode") == "authoritative",
            accounts: accounts.filter_map(|account| AccountId::parse(account.text()?).ok()).collect(),
        };
        let found = self.inner.borrow_mut().claim(&region, image.as_str(), claim);
        Ok(found.iter().map(Diagnostic::reason).collect())
    }
}

//! The register of claims, for a program's own process.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::values::{read, value};
use crate::account::AccountId;
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
    /// where another one claims one of them. Malformed inputs claim nothing.
    pub fn claim(
        &self,
        name: &str,
        #[wasm_bindgen(unchecked_param_type = "ShareInputs | SetInputs")] inputs: JsValue,
    ) -> Result<Vec<String>, JsValue> {
        let inputs = value(&inputs)?;
        let Some(image) = inputs.get("imageId").text().and_then(|text| ImageId::parse(text).ok()) else {
            return Ok(Vec::new());
        };
        if *inputs.get("region") == Value::Unknown {
            return Ok(Vec::new());
        }
        let region = self.settings.region(inputs.get("region")).ok();
        let single = std::slice::from_ref(inputs.get("accountId"));
        let accounts = single.iter().chain(inputs.get("accountIds").items());
        let mut register = self.inner.borrow_mut();
        let claims = accounts.filter_map(|account| AccountId::parse(account.text()?).ok());
        let told = claims.filter_map(|account| register.claim(name, region.as_ref(), &image, &account));
        Ok(told.map(|diagnostic| diagnostic.reason()).collect())
    }
}

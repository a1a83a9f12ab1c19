//! Policies, as a policy pack asks them.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::errors::wrong_shape;
use super::values::value;
use crate::account::AccountId;
use crate::policy::{self, Config, Kind, Scene, read_resources};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** A resource as policies see it. */
export interface JudgedResource {
    type: string;
    name: string;
    protect: boolean;
    /** The region of its provider, where that is known. */
    region?: unknown;
    props: Record<string, unknown>;
}
/** Which of the resources must be otherwise, and what must be true and is not. */
export type Violation = [resource: number, message: string];
";

#[wasm_bindgen]
extern "C" {
    /// Pairs, as the types above have them.
    #[wasm_bindgen(typescript_type = "Violation[]")]
    pub type Violations;
}

/// Whether any policy is concerned with resources of a type.
#[wasm_bindgen(js_name = isJudged)]
pub fn is_judged(token: &str) -> bool {
    Kind::of(token).is_some()
}

/// An account id without what stands between or around its digits; undefined where that makes no id of it.
#[wasm_bindgen(js_name = tidyAccountId)]
pub fn tidy_account_id(text: &str) -> Option<String> {
    AccountId::tidy(text)
}

/// One policy with its settings.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Policy {
    policy: &'static policy::Policy,
    config: Result<Config, String>,
}

#[wasm_bindgen]
impl Policy {
    /// A policy of the table; undefined where there is none of that name.
    pub fn named(
        name: &str,
        #[wasm_bindgen(unchecked_param_type = "Record<string, unknown>")] config: JsValue,
    ) -> Result<Option<Self>, JsValue> {
        let config = value(&config)?;
        Ok(policy::Policy::named(name)
            .map(|policy| Self { policy, config: Config::read(config, policy.takes) }))
    }

    /// The setting that the policy does not take, or whose value it does not take.
    #[wasm_bindgen(getter)]
    pub fn mistake(&self) -> Option<String> {
        self.config.as_ref().err().cloned()
    }

    /// Whether it has nothing to judge, since it was not set.
    #[wasm_bindgen(getter, js_name = isIdle)]
    pub fn is_idle(&self) -> bool {
        self.config.as_ref().is_ok_and(|config| self.policy.is_idle(config))
    }

    /// What it has to say of resources, on a day such as `2026-07-01`.
    ///
    /// The JSON of a list of `JudgedResource`: for a stack of ten thousand that is four times as fast as
    /// to touch each value from here.
    pub fn judge(&self, resources: &str, today: &str) -> Result<Violations, JsValue> {
        let resources = serde_json::from_slice(resources.as_bytes()).map_err(|_| wrong_shape())?;
        let resources = read_resources(resources);
        let violations = Array::new();
        if let Ok(config) = &self.config {
            for violation in self.policy.judge(&Scene { resources: &resources, config, today }) {
                let index = JsValue::from_f64(violation.resource as f64);
                violations.push(&Array::of2(&index, &violation.message.into()));
            }
        }
        Ok(violations.unchecked_into())
    }
}

//! JavaScript's values as the core's, and back.
//!
//! Read by hand and not by serde-wasm-bindgen's deserializer: its messages repeat the value, which may be
//! a secret.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::errors::wrong_shape;
use crate::engine_files::UNKNOWN;
use crate::value::Value;

#[wasm_bindgen]
extern "C" {
    // js_sys has it without `catch`: what a getter throws would go past the promise that waits for it.
    #[wasm_bindgen(js_namespace = Object, js_name = entries, catch)]
    fn entries_of(object: &JsValue) -> Result<Array, JsValue>;
}

/// How deep objects may be nested: inputs are flat, and a cycle has no end.
const DEEPEST: u32 = 32;

/// Reads any plain value.
pub(super) fn value(from: &JsValue) -> Result<Value, JsValue> {
    nested(from, 0)
}

fn nested(from: &JsValue, depth: u32) -> Result<Value, JsValue> {
    if from.is_undefined() || from.is_null() {
        return Ok(Value::Missing);
    }
    if let Some(text) = from.as_string() {
        return Ok(if text == UNKNOWN { Value::Unknown } else { Value::Text(text) });
    }
    if let Some(flag) = from.as_bool() {
        return Ok(Value::Flag(flag));
    }
    if let Some(number) = from.as_f64() {
        let whole = number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number);
        return Ok(if whole { Value::Whole(number as u64) } else { Value::Number(number) });
    }
    if from.is_bigint() {
        return Ok(Value::Number(f64::NAN));
    }
    if !from.is_object() || from.is_function() || depth >= DEEPEST {
        return Err(wrong_shape());
    }
    if Array::is_array(from) {
        let items = Array::from(from);
        return Ok(Value::List(items.iter().map(|item| nested(&item, depth + 1)).collect::<Result<_, _>>()?));
    }
    let entry = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Ok((entry.get(0).as_string().unwrap_or_default(), nested(&entry.get(1), depth + 1)?))
    };
    let entries = entries_of(from).map_err(|_| wrong_shape())?;
    Ok(Value::Map(entries.iter().map(entry).collect::<Result<_, JsValue>>()?))
}

/// Writes a value of the core's as plain objects and lists.
#[cfg(any(feature = "calls", feature = "adopt"))]
pub(super) fn write(value: &impl serde::Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|_| wrong_shape())
}

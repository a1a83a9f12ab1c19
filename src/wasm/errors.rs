//! Errors as JavaScript has them.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

#[cfg(feature = "provider")]
use crate::error::Error;

/// An `Error` with `name` and `code`, whose `stack` has no frames: those of wasm help nobody.
#[cfg(feature = "provider")]
pub(super) fn to_js(error: &Error) -> JsValue {
    make(error.name(), error.code(), &error.to_string())
}

/// The error of a create or update that had, or may have had, some of its effect: with what Pulumi needs
/// to keep it in the state, so that the next `up` or `destroy` goes on from there.
#[cfg(feature = "provider")]
pub(super) fn unfinished(error: &Error, id: &str, properties: &JsValue) -> JsValue {
    let reasons = js_sys::Array::of1(&error.to_string().into());
    let error = to_js(error);
    for (key, value) in [("id", &id.into()), ("properties", properties), ("reasons", &reasons)] {
        let _ = Reflect::set(&error, &key.into(), value);
    }
    error
}

/// A value from JavaScript is of a type that nothing here takes, such as a function.
pub(super) fn wrong_shape() -> JsValue {
    make("TypeError", "wrong-shape", "expected an object of plain values")
}

/// What is to be signed is not the URL of a call.
#[cfg(feature = "provider")]
pub(super) fn malformed_url() -> JsValue {
    make(
        "TypeError",
        "url-malformed",
        "expected the URL of a call, such as https://ecs.cn-hangzhou.aliyuncs.com/?RegionId=cn-hangzhou",
    )
}

fn make(name: &str, code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    let stack = format!("{name}: {message}");
    for (key, value) in [("code", code), ("stack", stack.as_str())] {
        // Setting a property of an Error that was just made cannot fail.
        let _ = Reflect::set(&error, &key.into(), &value.into());
    }
    error.into()
}

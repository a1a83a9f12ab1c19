//! Errors as JavaScript has them.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

#[cfg(feature = "calls")]
use crate::api::{Error, Failure};
#[cfg(feature = "calls")]
use crate::diagnostic::CodeKind;
#[cfg(feature = "provider")]
use crate::provider::Failed;

/// An `Error` with `name` and `code`, whose `stack` has no frames: those of wasm help nobody.
#[cfg(feature = "calls")]
pub(super) fn rejected(error: &Error) -> JsValue {
    let diagnostic = error.diagnostic();
    make(name(error), diagnostic.code_name(), &diagnostic.sentences())
}

/// The error of a create, update or delete. Where it had, or may have had, some of its effect: with what
/// Pulumi needs to keep it in the state, so that the next `up` or `destroy` goes on from there.
#[cfg(feature = "provider")]
pub(super) fn failed(failed: Failed) -> JsValue {
    let error = rejected(&failed.error);
    if let Some(partial) = failed.partial {
        let reasons = js_sys::Array::of1(&failed.error.to_string().into());
        let properties = super::values::write(&partial.outputs).unwrap_or(JsValue::UNDEFINED);
        for (key, value) in [("id", &partial.id.into()), ("properties", &properties), ("reasons", &reasons)] {
            let _ = Reflect::set(&error, &key.into(), value);
        }
    }
    error
}

/// The `name` of an error.
#[cfg(feature = "calls")]
fn name(error: &Error) -> &'static str {
    match error {
        Error::Call(call) => match call.failure {
            Failure::Refused { .. } if call.action.service == "sts" => "StsError",
            Failure::Refused { .. } => "EcsError",
            Failure::Unreachable(_) => "NetworkError",
            Failure::Unexpected { .. } => "ResponseError",
        },
        Error::Diagnostic(diagnostic) => match diagnostic.code.info().kind {
            CodeKind::Api => "EcsError",
            CodeKind::Network => "NetworkError",
            CodeKind::Operation => "OperationError",
            _ => "InputError",
        },
    }
}

/// A value from JavaScript is of a type that nothing here takes, such as a function.
#[cfg(any(feature = "adopt", feature = "calls", feature = "policy", feature = "reports"))]
pub(super) fn wrong_shape() -> JsValue {
    make("TypeError", "wrong-shape", "Expected an object of plain values.")
}

/// What is to be signed is not the URL of a call.
#[cfg(feature = "signer")]
pub(super) fn malformed_url() -> JsValue {
    make(
        "TypeError",
        "url-malformed",
        "Expected the URL of a call, such as https://ecs.cn-hangzhou.aliyuncs.com/?RegionId=cn-hangzhou.",
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

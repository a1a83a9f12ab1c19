//! Errors as the engine reads them.

use alicloud_image_share::diagnostic::{self, Diagnostic};
use prost::Message;
use prost_types::{Any, Struct};
use tonic::{Code, Status};

use crate::protocol::pulumirpc::ErrorResourceInitFailed;
use crate::protocol::rpc;

const INIT_FAILED: &str = "type.googleapis.com/pulumirpc.ErrorResourceInitFailed";

/// An error after which the state is as it was.
pub fn refused(message: String) -> Status {
    Status::unknown(message)
}

/// An error of an operation that took longer than the resource's `customTimeouts` allow.
pub fn too_long(seconds: f64) -> String {
    let message = "the operation took longer than the {} s that the resource's `customTimeouts` allow, and its outcome is unknown";
    Diagnostic::new(diagnostic::Code::CustomTimeout, message, [seconds.to_string()]).sentences()
}

/// The error of a call after the deployment was cancelled.
pub fn cancelled() -> Status {
    let diagnostic = Diagnostic::new(diagnostic::Code::Cancelled, "the deployment was cancelled", []);
    Status::cancelled(diagnostic.sentences())
}

/// An error of a create or update that had, or may have had, some effect: the engine keeps what is given here
/// in the state, so that the next `up`, `refresh` or `destroy` goes on from there.
pub fn unfinished(message: String, id: String, outputs: Struct) -> Status {
    let kept = ErrorResourceInitFailed {
        id,
        properties: Some(outputs),
        reasons: vec![message.clone()],
        inputs: None,
        refresh_before_update: false,
    };
    let detail = Any { type_url: INIT_FAILED.into(), value: kept.encode_to_vec() };
    let status = rpc::Status { code: Code::Unknown.into(), message: message.clone(), details: vec![detail] };
    Status::with_details(Code::Unknown, message, status.encode_to_vec().into())
}

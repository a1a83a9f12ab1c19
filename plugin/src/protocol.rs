//! Pulumi's messages and services, generated from the protocol files in `proto/`.

/// The provider, the engine and their messages.
#[expect(
    missing_docs,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    reason = "generated"
)]
pub mod pulumirpc {
    tonic::include_proto!("pulumirpc");
}

/// The details of an error.
#[expect(clippy::doc_overindented_list_items, reason = "generated")]
pub mod rpc {
    tonic::include_proto!("google.rpc");
}

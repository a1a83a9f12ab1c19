//! The actions of STS: roles and the caller's identity.

mod assume_role;
mod endpoints;
mod get_caller_identity;

pub use assume_role::{
    IssuedCredentials, Role, SESSION_NAMES, assume_role, assume_role_with_oidc, is_session_name,
};
pub use endpoints::{central_endpoint, endpoint};
pub use get_caller_identity::{Caller, GET_CALLER_IDENTITY, get_caller_identity};

use crate::api::Action;

const fn action(name: &'static str) -> Action {
    Action { service: "sts", name, version: "2015-04-01", is_write: false, is_regional: false }
}

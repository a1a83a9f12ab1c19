//! What the operations of the provider return.

use crate::api::Error;
use crate::diagnostic::Diagnostic;
use crate::state::State;
use crate::value::Value;

/// What check returns.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The inputs, with the region filled in and a set's accounts in order.
    pub inputs: Value,
    /// What there is to say: errors, warnings and news.
    pub diagnostics: Vec<Diagnostic>,
}

/// What create and update return.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The id.
    pub id: String,
    /// The outputs.
    pub outputs: Value,
    /// What there is to say.
    pub warnings: Vec<Diagnostic>,
}

/// Why create, update or delete did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    /// Why.
    pub error: Error,
    /// What is true now, where anything has to be kept: the engine stores it with the error.
    pub partial: Option<Box<Written>>,
}

impl<E: Into<Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self { error: error.into(), partial: None }
    }
}

/// What read returns of a resource that exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The id.
    pub id: String,
    /// The inputs that describe it as it is.
    pub inputs: Value,
    /// The outputs.
    pub outputs: Value,
    /// What there is to say.
    pub warnings: Vec<Diagnostic>,
}

impl Written {
    pub(super) fn new(id: String, state: &State, warnings: Vec<Diagnostic>) -> Self {
        Self { id, outputs: state.outputs(), warnings }
    }
}

impl Found {
    pub(super) fn new(id: String, state: &State, warnings: Vec<Diagnostic>) -> Self {
        Self { id, inputs: state.declared(), outputs: state.outputs(), warnings }
    }
}

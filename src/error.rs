//! Why an operation failed.

use std::fmt;
use std::time::Duration;

use crate::account::AccountId;
use crate::diagnostic::Diagnostic;
use crate::ecs::{Action, codes};
use crate::http::TransportError;
use crate::image::ImageId;
use crate::time::Seconds;

/// Why an operation failed, as it crosses to JavaScript: a name, a code and a message.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// An input or a setting is wrong. User action: what the diagnostic says.
    #[error("{}", .0.reason())]
    Input(Diagnostic),
    /// A call of the API failed. User action: what the error says.
    #[error("{0}")]
    Call(Box<CallError>),
    /// Some accounts of an image could not be changed. User action: what each error says.
    #[error("{}", several(.image, .errors))]
    Set {
        /// The image.
        image: ImageId,
        /// The accounts, each with its own error.
        errors: Vec<(AccountId, Error)>,
    },
}

fn several(image: &ImageId, errors: &[(AccountId, Error)]) -> String {
    let mut text = format!(
        "{} account{} of image {image} failed",
        errors.len(),
        if errors.len() == 1 { "" } else { "s" }
    );
    for (account, error) in errors {
        text.push_str(&format!("; {account}: {error}"));
    }
    text
}

impl Error {
    /// The `name` of the JavaScript error.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Input(_) => "InputError",
            Self::Set { errors, .. } => errors.first().map_or("EcsError", |(_, error)| error.name()),
            Self::Call(call) => match call.failure {
                Failure::Refused { .. } if call.action.is_sts() => "StsError",
                Failure::Refused { .. } => "EcsError",
                Failure::Unreachable(_) => "NetworkError",
                Failure::Unexpected { .. } | Failure::NotShown { .. } => "ResponseError",
            },
        }
    }

    /// Whether what was asked for may have happened all the same.
    pub fn is_doubtful(&self) -> bool {
        match self {
            Self::Input(_) => false,
            Self::Call(call) => call.in_doubt,
            Self::Set { errors, .. } => errors.iter().any(|(_, error)| error.is_doubtful()),
        }
    }

    /// The same error, in doubt if it is or if `doubt` says so.
    pub(crate) fn doubted(mut self, doubt: bool) -> Self {
        if let Self::Call(call) = &mut self {
            call.in_doubt |= doubt;
        }
        self
    }

    fn refusal(&self) -> Option<(&str, &str)> {
        match self {
            Self::Call(call) => match &call.failure {
                Failure::Refused { message, request_id, .. } => Some((message, request_id)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The action that failed, where one did.
    pub fn action(&self) -> Option<Action> {
        match self {
            Self::Call(call) => Some(call.action),
            _ => None,
        }
    }

    /// The API's own message, where it gave one.
    pub fn api_message(&self) -> Option<&str> {
        self.refusal().map(|(message, _)| message)
    }

    /// The request id of a refusal.
    pub fn request_id(&self) -> Option<&str> {
        self.refusal().map(|(_, request_id)| request_id)
    }

    /// The `code` of the JavaScript error: the rule's, the API's, or one of ours for what has none.
    pub fn code(&self) -> &str {
        match self {
            Self::Input(diagnostic) => diagnostic.code,
            Self::Call(call) => call.failure.code(),
            Self::Set { errors, .. } => errors.first().map_or("", |(_, error)| error.code()),
        }
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Input(diagnostic)
    }
}

/// A failed call, with what was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct CallError {
    /// The action.
    pub action: Action,
    /// How often it was sent.
    pub attempts: u32,
    /// From the first attempt to giving up.
    pub elapsed: Duration,
    /// What came back last.
    pub failure: Failure,
    /// Whether a write that it was about may have had its effect.
    pub in_doubt: bool,
}

/// What came back instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The API refused.
    Refused {
        /// HTTP status.
        status: u16,
        /// The API's code, such as `QuotaExceed.ShareImageUser`.
        code: String,
        /// The API's message, cut where it repeats the signed request.
        message: String,
        /// The id to quote to Alibaba Cloud's support.
        request_id: String,
    },
    /// There was no response.
    Unreachable(TransportError),
    /// The response was not what the API documents.
    Unexpected {
        /// HTTP status.
        status: u16,
        /// What was expected and where it broke.
        why: String,
    },
    /// A write was accepted and did not show in time.
    NotShown {
        /// What was expected to show.
        what: String,
    },
}

impl Failure {
    /// The API's code, or ours where it gave none.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused { code, .. } => code,
            Self::Unreachable(TransportError::NotSent(_)) => "connection-failed",
            Self::Unreachable(TransportError::Broken(_)) => "connection-broken",
            Self::Unreachable(TransportError::TimedOut(_)) => "timeout",
            Self::Unreachable(TransportError::TooLong) => "response-too-long",
            Self::Unreachable(TransportError::Redirected) => "redirected",
            Self::Unexpected { .. } => "unexpected-response",
            Self::NotShown { .. } => "write-not-shown",
        }
    }

    fn help(&self) -> &'static str {
        match self {
            Self::Refused { code, .. } => codes::help(code),
            Self::Unreachable(TransportError::Redirected) | Self::Unexpected { .. } => {
                "check that the endpoint is one of ECS, and that no proxy answers in its place"
            }
            Self::Unreachable(TransportError::TooLong) => "check that the endpoint is one of ECS",
            Self::Unreachable(_) => {
                "check the network, the proxy settings and the endpoint, then run it again"
            }
            Self::NotShown { .. } => "run it again: what is there by then is kept",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { code, message, .. } if message.is_empty() => formatter.write_str(code),
            Self::Refused { code, message, .. } => write!(formatter, "{code}: {message}"),
            Self::Unreachable(why) => why.fmt(formatter),
            Self::Unexpected { status, why } => write!(formatter, "unexpected answer (HTTP {status}): {why}"),
            Self::NotShown { what } => formatter.write_str(what),
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, attempts, elapsed, failure, .. } = self;
        let message = failure.to_string();
        write!(formatter, "{action} failed: {}", message.trim_end_matches('.'))?;
        let help = failure.help();
        if !help.is_empty() {
            write!(formatter, ": {help}")?;
        }
        formatter.write_str(" (")?;
        if let Failure::Refused { request_id, .. } = failure
            && !request_id.is_empty()
        {
            write!(formatter, "request id {request_id}, ")?;
        }
        let plural = if *attempts == 1 { "" } else { "s" };
        write!(formatter, "{attempts} attempt{plural} in {})", Seconds(*elapsed))
    }
}

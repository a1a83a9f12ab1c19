//! Why a call failed.

use std::time::Duration;

use super::{Action, TransportError};
use crate::diagnostic::{Code, Diagnostic};
use crate::time::Seconds;

/// Why an operation failed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// An input, a setting or a state is wrong. User action: what the diagnostic says.
    #[error("{}", .0.sentences())]
    Diagnostic(Box<Diagnostic>),
    /// A call of the API failed. User action: what [`Error::diagnostic`] says.
    #[error("{}", .0.diagnostic().sentences())]
    Call(Box<CallError>),
}

impl Error {
    /// What to show to a person.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Diagnostic(diagnostic) => (**diagnostic).clone(),
            Self::Call(call) => call.diagnostic(),
        }
    }

    /// The code: the API's own, where it gave one.
    pub fn code(&self) -> &str {
        match self {
            Self::Diagnostic(diagnostic) => diagnostic.code_name(),
            Self::Call(call) => match &call.failure {
                Failure::Refused { code, .. } => code,
                failure => failure.code().name(),
            },
        }
    }

    /// The call that failed, where one did.
    pub fn call(&self) -> Option<&CallError> {
        match self {
            Self::Call(call) => Some(call),
            Self::Diagnostic(_) => None,
        }
    }

    /// Whether the API refused the call with a code of this meaning.
    pub fn is(&self, code: Code) -> bool {
        matches!(self.call().map(|call| &call.failure), Some(Failure::Refused { code: name, .. }) if Code::of_api(name) == code)
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Diagnostic(Box::new(diagnostic))
    }
}

/// A failed call, with what was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct CallError {
    /// The action.
    pub action: Action,
    /// The endpoint's host.
    pub host: String,
    /// How often it was sent.
    pub attempts: u32,
    /// From the first attempt to giving up.
    pub elapsed: Duration,
    /// What came back last.
    pub failure: Failure,
}

impl CallError {
    /// Whether a write may have had its effect all the same.
    pub fn may_have_happened(&self) -> bool {
        self.action.is_write && self.failure.may_have_happened()
    }

    /// What to show to a person.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { action, host, attempts, elapsed, failure } = self;
        let times = if *attempts == 1 { "attempt" } else { "attempts" };
        let tried = format!("{attempts} {times} in {}", Seconds(*elapsed));
        match failure {
            Failure::Refused { code, message, request_id, .. } => {
                let kind = Code::of_api(code);
                let what = message.trim_end_matches('.').to_owned();
                let request =
                    if request_id.is_empty() { String::new() } else { format!("request id {request_id}, ") };
                let diagnostic = Diagnostic::new(
                    kind,
                    format!("{action} was refused: {{}} ({{}}{tried})"),
                    [if what.is_empty() { code.clone() } else { what }, request],
                )
                .with_api_code(code);
                match kind {
                    Code::ApiForbiddenRam
                    | Code::ApiForbidden
                    | Code::ApiForbiddenNoPermission
                    | Code::ApiForbiddenSubUser
                        if action.name.starts_with("AssumeRole") =>
                    {
                        diagnostic.with_help(Code::ApiNoPermission.help())
                    }
                    Code::ApiForbiddenRam
                    | Code::ApiForbidden
                    | Code::ApiForbiddenNoPermission
                    | Code::ApiForbiddenSubUser => {
                        let help = format!(
                            "allow the RAM identity {}, as docs/ram-policy.md has it",
                            action.permission()
                        );
                        diagnostic.with_help(help)
                    }
                    _ => diagnostic,
                }
            }
            Failure::Unreachable(why) => Diagnostic::new(
                failure.code(),
                format!("{action} failed: {{}} ({{}}, {tried})"),
                [why.to_string(), host.clone()],
            ),
            Failure::Unexpected { status, why } => Diagnostic::new(
                failure.code(),
                format!(
                    "{action} failed: the response (HTTP {status}) is not the API's, {{}} ({{}}, {tried})"
                ),
                [why.clone(), host.clone()],
            ),
        }
    }
}

/// What came back instead of a response that can be used.
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
}

impl Failure {
    /// The code of the table.
    pub fn code(&self) -> Code {
        match self {
            Self::Refused { code, .. } => Code::of_api(code),
            Self::Unreachable(TransportError::NotSent(_)) => Code::ConnectionFailed,
            Self::Unreachable(TransportError::Refused(_)) => Code::ConnectionRefused,
            Self::Unreachable(TransportError::Broken(_)) => Code::ConnectionBroken,
            Self::Unreachable(TransportError::TimedOut(_)) => Code::Timeout,
            Self::Unreachable(TransportError::TooLong) => Code::ResponseTooLong,
            Self::Unreachable(TransportError::Redirected) => Code::Redirected,
            Self::Unreachable(TransportError::Cancelled) => Code::Cancelled,
            Self::Unexpected { .. } => Code::UnexpectedResponse,
        }
    }

    /// Whether the API judged the call and refused it.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused { .. }) && !self.may_have_happened()
    }

    /// The API's own message, where it gave one.
    pub fn api_message(&self) -> Option<&str> {
        match self {
            Self::Refused { message, .. } => Some(message),
            _ => None,
        }
    }

    /// The request id of a refusal.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused { request_id, .. } => Some(request_id),
            _ => None,
        }
    }

    /// Whether a request that ended so may have had its effect.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Refused { status, code, .. } => {
                matches!(code.as_str(), "ServiceUnavailable" | "InternalError" | "UnknownError")
                    || *status >= 500 && !super::retry::is_throttling(*status, code)
            }
            Self::Unreachable(why) => matches!(
                why,
                TransportError::Broken(_)
                    | TransportError::TimedOut(_)
                    | TransportError::TooLong
                    | TransportError::Redirected
            ),
            Self::Unexpected { status, .. } => *status >= 500 || (200..300).contains(status),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_may_not_be_assumed_takes_one_permission_and_the_trust_policy() {
        for code in
            ["NoPermission", "Forbidden", "Forbidden.RAM", "Forbidden.NoPermission", "Forbidden.SubUser"]
        {
            let action = Action {
                service: "sts",
                name: "AssumeRole",
                version: "2015-04-01",
                is_write: false,
                is_regional: false,
            };
            let failure = Failure::Refused {
                status: 403,
                code: code.into(),
                message: "You are not authorized.".into(),
                request_id: "R-1".into(),
            };
            let error =
                CallError { action, host: String::new(), attempts: 1, elapsed: Duration::ZERO, failure };
            assert_eq!(
                error.diagnostic().help(),
                "allow the RAM identity sts:AssumeRole, and name it in the trust policy of the role",
                "{code}"
            );
            assert!(error.diagnostic().message().contains("request id R-1"), "{code}");
        }
    }
}

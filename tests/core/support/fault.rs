//! What can go wrong with a call.

use std::time::Duration;

use alicloud_image_share::api::{Response, TransportError};

use super::api::{json, refusal};

/// One call's fault. The n-th fault of a script meets the n-th call, whichever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The call is answered as it should be.
    None,
    /// Throttled, without a hint.
    Throttling,
    /// Throttled, with `x-acs-retry-after` in milliseconds.
    ThrottlingFor(u32),
    /// HTTP 500 `InternalError`, before anything happened.
    InternalError,
    /// HTTP 503 `ServiceUnavailable`, after it happened.
    UnavailableAfter,
    /// No connection.
    NotSent,
    /// The connection breaks before anything happened.
    ResetBefore,
    /// The connection breaks after it happened.
    ResetAfter,
    /// No answer, and nothing happened.
    HangBefore,
    /// No answer, and it happened.
    HangAfter,
    /// The answer is cut in the middle; it happened.
    Torn,
    /// A proxy's page instead of the answer; it happened.
    Html,
    /// JSON that lacks every field; it happened.
    WrongShape,
    /// More than anybody reads; it happened.
    TooLong,
    /// The clock of the caller is off until it is set by the `Date` of the answer.
    Clock,
    /// The nonce is said to have been used.
    Nonce,
    /// Refused with a status and a code, before anything happened.
    Refused(u16, &'static str),
}

impl Fault {
    /// Every fault, for tests that try each alone.
    pub const ALL: &[Self] = &[
        Self::Throttling,
        Self::ThrottlingFor(1500),
        Self::InternalError,
        Self::UnavailableAfter,
        Self::NotSent,
        Self::ResetBefore,
        Self::ResetAfter,
        Self::HangBefore,
        Self::HangAfter,
        Self::Torn,
        Self::Html,
        Self::WrongShape,
        Self::TooLong,
        Self::Clock,
        Self::Nonce,
    ];

    /// Whether the request has its effect all the same.
    pub fn happens(self) -> bool {
        matches!(
            self,
            Self::None
                | Self::UnavailableAfter
                | Self::ResetAfter
                | Self::HangAfter
                | Self::Torn
                | Self::Html
                | Self::WrongShape
                | Self::TooLong
        )
    }

    /// What the caller gets in place of an answer.
    pub fn of(self, answer: Response, timeout: Duration) -> Result<Response, TransportError> {
        match self {
            Self::None => Ok(answer),
            Self::Throttling => {
                Ok(refusal(400, "Throttling.User", "Request was denied due to user flow control."))
            }
            Self::ThrottlingFor(millis) => {
                let response = refusal(400, "Throttling", "Request was denied due to request throttling.");
                Ok(Response { retry_after: Some(millis.to_string()), ..response })
            }
            Self::InternalError => Ok(refusal(500, "InternalError", "The request processing has failed.")),
            Self::UnavailableAfter => Ok(refusal(503, "ServiceUnavailable", "The service is unavailable.")),
            Self::NotSent => Err(TransportError::NotSent("ECONNREFUSED".into())),
            Self::ResetBefore | Self::ResetAfter => Err(TransportError::Broken("ECONNRESET".into())),
            Self::HangBefore | Self::HangAfter => Err(TransportError::TimedOut(timeout)),
            Self::Torn => {
                let half = answer.body.len() / 2;
                Ok(Response { body: answer.body.into_iter().take(half).collect(), ..answer })
            }
            Self::Html => Ok(json(200, "<html><body>maintenance</body></html>".into())),
            Self::WrongShape => Ok(json(200, "{}".into())),
            Self::TooLong => Err(TransportError::TooLong),
            Self::Clock => {
                let mut response = refusal(400, "InvalidTimeStamp.Expired", "The time stamp is expired.");
                response.date = Some("Thu, 01 Jan 2026 01:00:00 GMT".into());
                Ok(response)
            }
            Self::Nonce => Ok(refusal(400, "SignatureNonceUsed", "The nonce was used.")),
            Self::Refused(status, code) => Ok(refusal(status, code, "It was refused.")),
        }
    }
}

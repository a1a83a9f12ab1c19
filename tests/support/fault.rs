//! What can go wrong with a call.

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
}

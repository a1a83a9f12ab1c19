//! One signed call to Alibaba Cloud, with everything that may be ambient injected.
//!
//! This layer knows no action: `ecs` and `sts` describe theirs as [`Action`]s, and `credentials` implements
//! [`CredentialsProvider`].

mod call;
mod client;
mod context;
mod deadline;
mod endpoint;
mod error;
mod host;
mod rate_limit;
mod reachability;
mod redact;
mod response;
mod retry;
mod sender;
mod sign;
mod transport;

pub use client::{Client, Expected, Signer};
pub use context::ClientContext;
pub use deadline::Deadline;
pub use endpoint::{Endpoint, NotAnEndpoint};
pub use error::{CallError, Error, Failure};
pub use host::{Host, HostError, LONGEST_FILE, LONGEST_RUN};
pub use rate_limit::RateLimit;
pub use reachability::Reachability;
pub use redact::KnownSecrets;
pub use retry::{Backoff, Limits, Reason, RetryBudget, reason as retry_reason};
pub use sign::{Credentials, CredentialsProvider, sign};
pub use transport::{LONGEST_BODY, Request, Response, Timeouts, Transport, TransportError};

/// An action of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Action {
    /// The service, as RAM policies name it: `ecs`.
    pub service: &'static str,
    /// The name on the wire.
    pub name: &'static str,
    /// The version of its API, such as `2014-05-26`.
    pub version: &'static str,
    /// Whether it changes anything: a write that may have had its effect is not sent again.
    pub is_write: bool,
    /// Whether it takes a `RegionId`, and counts against the quota of a region.
    pub is_regional: bool,
}

impl Action {
    /// The name that RAM policies have for it: `ecs:DescribeImages`.
    pub fn permission(self) -> String {
        format!("{}:{}", self.service, self.name)
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

//! What all clients of a provider share.

use std::cell::Cell;

use super::{KnownSecrets, Limits, RateLimit, Reachability, Response, RetryBudget, Transport};
use crate::naming::Naming;
use crate::time::Timestamp;

/// The world, how long things may take, and what all calls may spend together.
#[derive(Debug)]
pub struct ClientContext<T> {
    /// The network, the clocks and chance.
    pub transport: T,
    /// How long things may take.
    pub limits: Limits,
    /// What may be spent on retries.
    pub budget: RetryBudget,
    /// How fast calls may follow each other.
    pub rate_limit: RateLimit,
    /// Which endpoints do not respond.
    pub reachability: Reachability,
    /// What no text may repeat.
    pub secrets: KnownSecrets,
    /// How users write the names of settings.
    pub naming: &'static Naming,
    /// How far the API's clock is ahead, in milliseconds.
    clock_offset: Cell<i64>,
}

impl<T: Transport> ClientContext<T> {
    /// A context with a full budget, no rate limit and a clock that is believed.
    pub fn new(transport: T, limits: Limits, naming: &'static Naming) -> Self {
        Self {
            transport,
            limits,
            budget: RetryBudget::default(),
            rate_limit: RateLimit::default(),
            reachability: Reachability::default(),
            secrets: KnownSecrets::default(),
            naming,
            clock_offset: Cell::default(),
        }
    }

    /// The API's clock, as far as it is known.
    pub fn api_clock(&self) -> Timestamp {
        self.transport.wall_clock().shifted(self.clock_offset.get())
    }

    /// Takes the API's clock from a response that refused ours.
    pub(super) fn learn_clock(&self, response: &Response) {
        if let Some(date) = response.date {
            self.clock_offset.set(self.transport.wall_clock().offset_to(date));
        }
    }
}

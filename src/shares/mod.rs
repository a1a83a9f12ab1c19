//! The protocol of sharing: reads that are complete, writes that are batched and confirmed, and an outcome
//! for each account.

mod arrivals;
mod batch;
mod catalog;
mod outcome;
mod reader;
mod refusal;
mod writer;

pub use arrivals::Arrivals;
pub use catalog::Catalog;
pub use outcome::Outcome;
pub use writer::{Request, ShareWriter};

use crate::api::Client;
use crate::credentials::Session;

/// A client of ECS, signed by a session.
pub type EcsClient<T> = Client<T, Session<T>>;

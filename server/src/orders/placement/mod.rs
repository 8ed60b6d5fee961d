//! Placing orders: waiting ones are decided and written in batches.

pub mod batch;
pub(super) mod decide;
pub mod held;
mod hot;
pub mod place;
pub mod queue;
pub mod refusal;
pub mod refusals;
mod snapshot;
mod worker;
mod write;

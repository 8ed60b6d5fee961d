//! Placing orders: waiting ones are decided and written in batches.

pub mod batch;
mod decide;
mod hot;
pub mod place;
pub mod queue;
pub mod refusal;
pub mod refusals;
mod worker;
mod write;

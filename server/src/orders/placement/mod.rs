//! Placing orders: waiting ones are decided and written in batches.

pub mod batch;
pub(super) mod decide;
pub mod held;
mod hot;
mod naming;
mod order_rows;
pub mod place;
pub mod queue;
mod reading;
pub mod refusal;
pub mod refusals;
mod rows;
mod set;
mod snapshot;
mod sums;
mod worker;
mod write;

//! Placing orders: waiting ones are decided and written in batches.

pub mod batch;
mod batching;
mod counted;
pub(super) mod decide;
pub mod held;
mod hot;
mod lanes;
mod naming;
pub mod open;
mod order_rows;
mod own;
pub mod place;
pub mod queue;
mod reading;
pub mod refusal;
pub mod refusals;
mod rows;
mod set;
mod size;
mod snapshot;
mod sums;
pub mod turn;
mod worker;
mod write;

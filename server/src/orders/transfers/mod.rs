//! Bank transfers: what came for an order, and what of it has to go back.

mod notes;
mod service;
mod store;
mod told;

pub use notes::TransferNotes;
pub use store::owe_back;
pub use told::{Awaited, Details, of_orders};

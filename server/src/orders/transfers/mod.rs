//! Bank transfers: what came for an order, and what of it has to go back.

mod notes;
mod service;
mod store;

pub use notes::TransferNotes;
pub use store::{Details, of_order, owe_back};

//! Staff, customers, and the log of what the staff did.

pub mod customers;
mod erasure;
mod log;
mod staff;

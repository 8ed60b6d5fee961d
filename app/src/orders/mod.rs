//! What became of an order: confirmation and look-up.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod page;

//! From a cart to an order: contact, shipping, payment, review.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod steps;

//! From a cart to an order: contact, shipping, payment, review.

pub mod api;
pub mod types;

pub mod pages;
#[cfg(feature = "ssr")]
pub mod ports;

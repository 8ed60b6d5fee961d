//! From a cart to an order: contact, shipping, payment, review.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod feature;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod ports;

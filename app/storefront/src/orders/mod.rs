//! The pages of orders.

#[cfg(feature = "ssr")]
pub mod feature;
pub mod pages;

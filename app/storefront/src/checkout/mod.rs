//! The checkout.

#[cfg(feature = "ssr")]
pub mod feature;
pub mod pages;

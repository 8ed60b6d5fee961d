//! The page of the cart.

#[cfg(feature = "ssr")]
pub mod feature;
pub mod pages;

//! The pages of the catalogue.

#[cfg(feature = "ssr")]
pub mod feature;
pub mod pages;

//! The pages of accounts.

#[cfg(feature = "ssr")]
pub mod feature;
pub mod pages;

//! Signing in. Only staff have accounts so far.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod page;

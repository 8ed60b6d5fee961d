//! A second factor to sign in with: setting it up, signing in with it, and being asked for it again.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;

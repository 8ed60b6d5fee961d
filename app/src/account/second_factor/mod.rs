//! A second factor to sign in with: setting it up, signing in with it, and being asked for it again.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod codes;
#[cfg(feature = "ssr")]
pub mod confirm;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod sign_in;

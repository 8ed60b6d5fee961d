//! What became of an order: confirmation and look-up.

pub mod api;
pub mod desk;
pub mod steps;
#[cfg(feature = "ssr")]
pub mod tracking;
pub mod types;

#[cfg(feature = "ssr")]
mod look_up;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod status;

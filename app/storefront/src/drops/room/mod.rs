//! `/drops/:slug/room`: the waiting room of a drop.

pub mod api;
pub mod live;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod proof;

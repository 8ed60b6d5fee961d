//! What staff sees first: how the shop does, and a sale while it runs.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod charts;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod ports;

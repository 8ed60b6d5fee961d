//! The pages of drops.

pub mod api;
pub mod countdown;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod reminder;
pub mod room;

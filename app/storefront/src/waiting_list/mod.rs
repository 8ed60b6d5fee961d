//! The pages of the waiting list.

pub mod api;
#[cfg(feature = "ssr")]
pub mod feature;
pub mod live;
#[cfg(feature = "ssr")]
pub mod note;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod wish;

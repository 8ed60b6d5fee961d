//! The front page.

#[cfg(feature = "ssr")]
mod blocks;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod page;

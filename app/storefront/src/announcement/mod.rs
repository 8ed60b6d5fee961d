//! The line above every page of the shop.

#[cfg(feature = "ssr")]
mod bar;
#[cfg(feature = "ssr")]
pub mod feature;

//! The pages of collections.

#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod page;

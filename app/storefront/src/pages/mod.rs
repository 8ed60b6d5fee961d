//! The owner's pages, and the contact form.

pub mod api;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod links;
#[cfg(feature = "ssr")]
pub mod shown;

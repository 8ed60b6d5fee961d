//! How many units one customer gets: set for the shop, a product or a variant.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_limits_text.rs"));
}

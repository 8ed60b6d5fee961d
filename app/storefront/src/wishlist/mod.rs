//! The wishlist: products that a shopper saves for later, on this device or with their account.

pub mod api;
pub mod link;
pub mod types;

#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod heart;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/wishlist_text.rs"));
}

//! From a cart to an order: contact, shipping, payment, review.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod offers;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/checkout_text.rs"));
}

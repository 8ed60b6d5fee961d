//! From a cart to an order: contact, shipping, payment, review.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
pub mod known;
#[cfg(feature = "ssr")]
mod offers;
pub mod particulars;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/checkout_text.rs"));
}

//! The cart: what is in it, and putting it right before the checkout.

pub mod api;
pub mod badge;
pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/cart_text.rs"));
}

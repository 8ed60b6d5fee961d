//! What became of an order: confirmation and look-up.

pub mod api;
pub mod details;
pub mod payment;
pub mod steps;
pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod status;
#[cfg(feature = "ssr")]
pub mod summary;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/orders_text.rs"));
}

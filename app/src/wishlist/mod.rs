//! The wishlist: products that a shopper saves for later, on this device or with their account.

pub mod types;

#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
pub mod ports;

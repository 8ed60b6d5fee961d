//! The cart: what lies in it, and putting it right before the checkout.

pub mod api;
pub mod badge;
pub mod quantity;
pub mod stock;
pub mod types;

#[cfg(feature = "ssr")]
mod line;
#[cfg(feature = "ssr")]
mod notices;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod problems;

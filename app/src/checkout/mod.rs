//! From a cart to an order: contact, shipping, payment, review.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod contact;
#[cfg(feature = "ssr")]
pub mod countries;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod payment;
#[cfg(feature = "ssr")]
pub mod places;
#[cfg(feature = "ssr")]
pub mod review;
#[cfg(feature = "ssr")]
mod shipping;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod summary;

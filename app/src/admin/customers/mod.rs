//! Customers as those who work in the shop see them: accounts, and guests by their address.

pub mod api;

#[cfg(feature = "ssr")]
pub mod customer;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod types;

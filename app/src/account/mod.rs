//! Accounts: signing up, in and out, and what people keep and change in their own.

pub mod api;
pub mod mailed_api;
pub mod orders_api;
pub mod own_api;
pub mod second_factor;
pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;

#[cfg(feature = "ssr")]
pub mod addresses;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub(crate) mod layout;
#[cfg(feature = "ssr")]
pub mod mailed;
#[cfg(feature = "ssr")]
pub mod order;
#[cfg(feature = "ssr")]
pub mod orders;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod security;
#[cfg(feature = "ssr")]
pub mod sign_in;

//! Accounts: signing up, in and out, and what people keep and change in their own.

pub mod api;
pub mod mailed_api;
pub mod orders_api;
pub mod own_api;
pub mod second_factor;
pub mod types;

#[cfg(feature = "ssr")]
pub mod door;
#[cfg(feature = "ssr")]
pub mod language;
#[cfg(feature = "ssr")]
pub mod onward;
#[cfg(feature = "ssr")]
pub mod ports;

#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/account_text.rs"));
}

//! How much may be owed at the door, and whose orders are confirmed first.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_cash_text.rs"));
}

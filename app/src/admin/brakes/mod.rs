//! How fast strangers may be: an admin's page for it.

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
    include!(concat!(env!("OUT_DIR"), "/admin_brakes_text.rs"));
}

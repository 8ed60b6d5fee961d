//! What the shop looks like: choosing it, and seeing it before it is saved.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod faults;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
mod preview;
#[cfg(feature = "ssr")]
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_look_text.rs"));
}

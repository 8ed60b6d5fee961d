//! Announcements: a line above every page of the shop, with a beginning and an end.

pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/announcement_text.rs"));
}

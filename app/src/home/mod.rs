//! The front page, made of blocks that its owner chooses and puts in order.

pub mod types;

#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod keys;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod read;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/home_text.rs"));
}

/// Where the picture of a block is posted to.
pub const PICTURE: &str = "/api/admin/home/picture";

//! The front page, made of blocks that its owner chooses and puts in order.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
mod blocks;
#[cfg(feature = "ssr")]
mod edit;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
mod keys;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
pub mod own;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/home_text.rs"));
}

/// Where the picture of a block is posted to.
pub const PICTURE: &str = "/api/admin/home/picture";

//! Collections: products that the owner puts together by hand, in an order of their own.

pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/collections_text.rs"));
}

/// Where the picture of a collection is posted to.
pub const PICTURE: &str = "/api/admin/collections/picture";

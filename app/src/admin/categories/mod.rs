//! The categories of the shop, which its admins make and put in order.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
mod edit;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_categories_text.rs"));
}

/// Where the picture of a category is posted to.
pub const PICTURE: &str = "/api/admin/categories/picture";

//! The categories of the shop, which its admins make and put in order.

pub mod api;
mod edit;
pub mod feature;
mod list;
pub mod ports;
pub mod types;

pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_categories_text.rs"));
}

/// Where the picture of a category is posted to.
pub const PICTURE: &str = "/api/admin/categories/picture";

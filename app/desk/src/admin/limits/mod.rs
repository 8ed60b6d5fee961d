//! How many units one customer gets: set for the shop, a product or a variant.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
mod rows;
pub mod types;

pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_limits_text.rs"));
}

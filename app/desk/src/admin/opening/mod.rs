//! What is to be done before a shop opens, and opening it.

pub mod api;
pub mod feature;
pub mod panel;
pub mod ports;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_opening_text.rs"));
}

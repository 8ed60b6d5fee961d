//! Who sells: the owner's own data.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_seller_text.rs"));
}

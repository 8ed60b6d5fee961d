//! Who delivers parcels, and where they are followed: the owner's own list.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_carriers_text.rs"));
}

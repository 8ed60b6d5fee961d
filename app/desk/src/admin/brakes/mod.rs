//! How fast strangers may be: an admin's page for it.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_brakes_text.rs"));
}

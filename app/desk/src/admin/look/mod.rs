//! What the shop looks like: choosing it, and seeing it before it is saved.

pub mod api;
pub mod faults;
pub mod feature;
pub mod page;
pub mod pictures;
pub mod ports;
mod preview;
pub mod types;

pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_look_text.rs"));
}

//! Changing how fast strangers may be.

mod feature;
mod service;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_brakes_text.rs"));
}

pub use service::BrakeService;

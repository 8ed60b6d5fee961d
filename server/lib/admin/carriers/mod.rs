//! Changing the carriers.

mod check;
mod feature;
mod service;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_carriers_text.rs"));
}

pub use service::CarrierService;

//! What is to be done before a shop opens, and opening it.

pub mod demo;
mod feature;
mod service;
mod store;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_opening_text.rs"));
}

pub use service::OpeningService;

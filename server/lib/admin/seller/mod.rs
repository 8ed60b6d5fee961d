//! Changing the seller's data.

mod feature;
mod service;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_seller_text.rs"));
}

pub use service::SellerService;

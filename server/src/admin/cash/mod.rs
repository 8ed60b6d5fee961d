//! Changing the settings of cash on delivery.

mod feature;
mod service;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_cash_text.rs"));
}

pub use service::CashService;

//! Changing the settings of bank transfers.

mod feature;
mod service;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_bank_text.rs"));
}

pub use service::BankService;

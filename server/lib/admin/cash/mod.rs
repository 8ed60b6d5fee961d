//! Changing the settings of cash on delivery.

mod feature;
mod service;

pub use service::CashService;

//! How much may be owed at the door, and whose orders are confirmed first.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_cash_text.rs"));
}

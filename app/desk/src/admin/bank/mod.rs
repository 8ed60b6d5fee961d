//! The account that bank transfers go to, and how long orders wait for them.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_bank_text.rs"));
}

//! Bank transfers: which orders wait for one, and what has come.

pub mod api;
pub mod desk;
pub mod feature;
pub mod list;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_transfers_text.rs"));
}

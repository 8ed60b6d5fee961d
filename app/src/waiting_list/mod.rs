//! The waiting list: who wants to be told, or to have a unit that comes back, of what is sold out.

pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/waiting_list_text.rs"));
}

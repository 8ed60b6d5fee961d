//! The menus of header and footer, as the owner makes them.

pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/menus_text.rs"));
}

//! Drops: goods whose sale starts at one moment.

#[cfg(feature = "ssr")]
pub mod refusals;
pub mod reload;
pub mod room;
pub mod room_live;
pub mod types;

#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod previewed;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/drops_text.rs"));
}

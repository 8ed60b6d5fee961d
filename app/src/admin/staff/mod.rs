//! Those who work in the shop: their roles, and how they come in.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod invitation;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_staff_text.rs"));
}
#[cfg(feature = "ssr")]
pub mod ports;

/// What these pages say, in the language of the request at hand.
#[cfg(feature = "ssr")]
fn said() -> text::Text {
    text::Text::from(crate::locale::locale())
}

//! What an admin sets for the shop as a whole: name, currency, tax, delivery, mail, times.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
mod countries;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod languages;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_settings_text.rs"));
}
#[cfg(feature = "ssr")]
mod rates;

/// What these pages say, in the language of the request at hand.
#[cfg(feature = "ssr")]
fn said() -> text::Text {
    text::Text::from(crate::locale::locale())
}

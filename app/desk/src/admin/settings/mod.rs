//! What an admin sets for the shop as a whole: name, currency, tax, delivery, mail, times.

pub mod api;
mod countries;
pub mod feature;
mod languages;
pub mod page;
pub mod ports;
mod rates;
mod sections;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_settings_text.rs"));
}

/// What these pages say, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

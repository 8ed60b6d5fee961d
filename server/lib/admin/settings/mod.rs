//! Changing the shop's settings.

mod check;
mod currency_change;
mod feature;
mod languages;
mod rate_texts;
mod service;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_settings_text.rs"));
}

use app::locale::locale;

pub use service::SettingsService;

/// What is said to those who are refused, in their language.
fn said() -> text::Text {
    text::Text::from(locale())
}

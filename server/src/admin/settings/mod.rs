//! Changing the shop's settings.

mod check;
mod currency_change;
mod feature;
mod languages;
mod service;

pub use service::SettingsService;

//! Changing the shop's settings.

mod check;
mod currency_change;
mod service;

pub use service::SettingsService;

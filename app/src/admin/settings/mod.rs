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
mod rates;

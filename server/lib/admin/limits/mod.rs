//! Changing how many units one customer gets.

mod check;
mod feature;
mod service;
mod store;

pub use service::LimitService;

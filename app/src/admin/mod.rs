//! The admin area: products, stock, orders.

pub mod audit_log;
pub mod carriers;
pub mod categories;
pub mod customers;
pub mod dashboard;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod frame;
pub mod jobs;
pub mod look;
pub mod moving;
pub mod opening;
pub mod orders;
#[cfg(feature = "ssr")]
pub mod picture_panel;
pub mod product_filter;
pub mod products;
pub mod search;
pub mod seller;
pub mod sentences;
pub mod settings;
pub mod staff;
pub mod stock;
pub mod system;
pub mod translations;

//! Browsing: products, lists, search.

pub mod address;
pub mod api;
pub mod categories;
pub mod gtin;
pub mod limits;
pub mod live;
pub mod picture;
pub mod search;
pub mod stock;
pub mod types;

#[cfg(feature = "ssr")]
pub mod colours;
#[cfg(feature = "ssr")]
pub mod drafted;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod query;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/catalog_text.rs"));
}

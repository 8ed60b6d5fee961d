//! HTTP: the router and what surrounds every request.

mod apart;
mod assets;
mod calendar;
mod carried;
mod catalog_api;
mod confirm;
mod connections;
mod cookies;
mod csp;
mod customer_file;
mod device;
mod drop_file;
mod editor;
mod encoding;
mod ended;
mod feeds;
mod file_form;
mod functions;
mod headers;
mod health;
mod hook_lanes;
mod hooks;
mod hot_path;
mod icons;
mod kept_forms;
mod lean;
mod look;
mod metrics;
mod one_picture;
mod origin;
mod packed;
mod page;
mod page_cache;
mod place;
mod product_file;
mod requests;
mod rooms;
mod router;
mod secret_pictures;
mod site_files;
mod state;
mod stock;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/http_text.rs"));
}
mod timeouts;
mod translation_file;
mod unsaid;
mod upload;
mod visitor;

pub use connections::{ConnectionLimits, serve};
pub use feeds::SITEMAP_ADDRESSES;
pub use router::router;
pub use site_files::check_site;
pub use state::{Network, Site};
pub use timeouts::Timeouts;

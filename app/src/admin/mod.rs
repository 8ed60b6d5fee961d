//! The admin area: products, stock, orders.

pub mod api;
pub mod bulk;
pub mod jobs;
pub mod order_api;
pub mod product_api;
pub mod product_query;
pub mod stock;
pub mod types;

#[cfg(feature = "ssr")]
pub mod bulk_form;
#[cfg(feature = "ssr")]
pub mod conflict;
#[cfg(feature = "ssr")]
mod conflict_pictures;
#[cfg(feature = "ssr")]
pub mod editing;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
pub mod import_page;
#[cfg(feature = "ssr")]
mod job_choices;
#[cfg(feature = "ssr")]
pub mod job_page;
#[cfg(feature = "ssr")]
pub mod layout;
#[cfg(feature = "ssr")]
pub mod log;
#[cfg(feature = "ssr")]
pub mod log_page;
#[cfg(feature = "ssr")]
pub mod order;
#[cfg(feature = "ssr")]
mod order_forms;
#[cfg(feature = "ssr")]
pub mod order_refund;
#[cfg(feature = "ssr")]
mod order_refund_form;
#[cfg(feature = "ssr")]
pub mod order_sheet;
#[cfg(feature = "ssr")]
mod order_story;
#[cfg(feature = "ssr")]
pub mod orders;
#[cfg(feature = "ssr")]
mod orders_filter;
#[cfg(feature = "ssr")]
mod pictures;
#[cfg(feature = "ssr")]
pub mod product;
#[cfg(feature = "ssr")]
pub mod products;
#[cfg(feature = "ssr")]
pub mod stock_page;
#[cfg(feature = "ssr")]
pub mod stock_variant;
#[cfg(feature = "ssr")]
pub mod variants;

//! The real router over HTTP.

#[path = "../support/mod.rs"]
mod support;

mod account_orders;
mod accounts;
mod addresses;
mod admin_access;
mod admin_desk;
mod admin_products;
mod admin_work;
mod api_errors;
mod api_shapes;
mod api_snapshots;
mod brakes;
mod catalog_shapes;
mod checkout_forms;
mod connections;
mod exposition;
mod features;
mod files;
mod forms;
mod german_desk;
mod headers;
mod languages;
mod lists;
mod metrics;
mod offers;
mod order_desk;
mod order_details;
mod order_refund;
mod origin;
mod outage;
mod pages;
mod product_table;
mod refusal_languages;
mod roles;
mod search_engines;
mod second_factor;
mod security_events;
mod sessions;
mod settings;
mod stock;
mod stock_forms;
mod translations;
mod uploads;
mod waiting_pictures;

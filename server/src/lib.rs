//! What the shop does, without a browser: everything below the back office and HTTP, which the library above has
//! in `server/lib`.

pub mod account;
pub mod admission;
pub mod ahead;
pub mod announcement;
pub mod audit_log;
pub mod brakes;
pub mod buyer_limits;
pub mod cache;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod clock;
pub mod collections;
pub mod coordination;
pub mod db;
pub mod drops;
pub mod error;
pub mod facts;
pub mod feature;
pub mod home;
pub mod ids;
pub mod jobs;
pub mod kept_forms;
pub mod menus;
pub mod orders;
pub mod outbox;
pub mod pages;
pub mod payment;
pub mod picture_facts;
pub mod pictures;
pub mod pricing;
pub mod private_files;
pub mod product_files;
pub mod quotas;
pub mod sale;
pub mod security_events;
pub mod seed;
pub mod settings;
pub mod stock_feed;
pub mod store;
pub mod telemetry;
pub mod text;
pub mod tls;
pub mod together;
pub mod translations;
pub mod waiting_list;
pub mod waits;
pub mod wishlist;

// What the catalogues are made into asks for it here.
use app::locale;
// What it declares is linked with the unit tests.
#[cfg(test)]
use storefront as _;

//! What every store function promises, on SQLite and on Postgres alike.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod admin;
mod cart_tokens;
mod carts;
mod catalog_lists;
mod catalog_reading;
mod catalog_search;
mod checkout;
mod export;
mod import;
mod orders;
mod overdue;
mod payments;
mod placing;
mod seed;
mod sessions;

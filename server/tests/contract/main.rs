//! What every store function promises, on SQLite and on Postgres alike.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod admin;
mod cart_renewal;
mod cart_tokens;
mod carts;
mod catalog_categories;
mod catalog_lists;
mod catalog_reading;
mod catalog_search;
mod checkout;
mod command_line;
mod currency;
mod dashboard;
mod export;
mod import;
mod import_choices;
mod import_said;
mod import_upgrade;
mod letters;
mod mail;
mod mail_snapshots;
mod migrations;
mod order_desk;
mod order_money;
mod order_refunds;
mod order_steps;
mod orders;
mod overdue;
mod own_accounts;
mod own_orders;
mod passwords;
mod payments;
mod people;
mod placing;
mod search_corpus;
mod second_factor;
mod security_events;
mod seed;
mod sessions;
mod settings;
mod site_files;
mod stored_words;
mod variants;

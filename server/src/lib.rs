//! Everything of the shop that must never reach a browser.

pub mod account;
pub mod admin;
pub mod cache;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod clock;
pub mod config;
pub mod coordination;
pub mod customers;
pub mod dashboard;
pub mod db;
pub mod error;
pub mod facts;
pub mod http;
pub mod ids;
pub mod mail;
pub mod orders;
pub mod private_files;
pub mod security_events;
pub mod settings;
pub mod shop;
pub mod staff;
pub mod telemetry;
pub mod text;

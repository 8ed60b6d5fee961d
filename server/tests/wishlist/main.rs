//! The wishlist, in the database and over HTTP.

#[path = "../support/mod.rs"]
mod support;

mod lists;
mod pages;
mod people;

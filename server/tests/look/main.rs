//! The look of the shop, in the database and over HTTP.

#[path = "../support/mod.rs"]
mod support;

mod looks;
mod pages;
mod pictures;

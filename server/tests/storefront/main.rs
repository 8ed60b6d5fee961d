//! What the owner puts in front of the products, in the database and over HTTP.

#[path = "../support/mod.rs"]
mod support;

mod announcements;
mod categories;
mod evil;
mod home;

//! The look of the shop, in the database and over HTTP.

mod looks;
mod pages;
mod pictures;

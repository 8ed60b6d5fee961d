//! The wishlist, in the database and over HTTP.

mod lists;
mod pages;
mod people;

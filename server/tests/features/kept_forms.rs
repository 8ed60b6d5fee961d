//! Forms that came back to their page, in the database and over HTTP.

mod bounds;
mod carried;
mod pages;
mod secrets;

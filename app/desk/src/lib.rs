//! The back office: its pages, and the server functions that their forms are posted to.
//!
//! It has no island, so no browser gets anything of this crate.
#![recursion_limit = "512"]
#![allow(
    clippy::too_many_arguments,
    reason = "the arguments of a server function are the fields of its form"
)]

pub mod admin;
pub mod announcement;
pub mod collections;
pub mod drops;
pub mod home;
pub mod menus;
pub mod pages;

// What the catalogues are made into asks for it here.
use app::locale;

//! The pages of the shop, and the islands on them.
//!
//! Pages are rendered on the server alone (feature `ssr`); of this crate the browser gets the islands.
#![recursion_limit = "512"]
#![allow(
    clippy::too_many_arguments,
    reason = "the arguments of a server function are the fields of its form"
)]

pub mod account;
#[cfg(feature = "ssr")]
pub mod announcement;
pub mod cart;
pub mod catalog;
pub mod checkout;
#[cfg(feature = "ssr")]
pub mod collections;
pub mod drops;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod islands;
#[cfg(feature = "ssr")]
pub mod menus;
pub mod orders;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod waiting_list;
pub mod wishlist;

// What the catalogues are made into asks for it here.
#[cfg(feature = "ssr")]
use app::locale;

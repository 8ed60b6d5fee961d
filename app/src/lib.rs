//! What the shop's pages and the back office share, in the browser and on the server: types, ports, server
//! functions, components, and what a feature declares. The pages are in `storefront` and `desk`, which do not know
//! each other.
//!
//! Of this crate the browser gets the islands and the clients of the server functions they call.
#![recursion_limit = "512"]
#![allow(
    clippy::too_many_arguments,
    reason = "the arguments of a server function are the fields of its form"
)]

pub mod account;
#[cfg(feature = "ssr")]
pub mod address;
pub mod announcement;
pub mod answers;
#[cfg(feature = "ssr")]
pub mod area;
#[cfg(feature = "ssr")]
pub mod audience;
#[cfg(feature = "ssr")]
pub mod brakes;
#[cfg(feature = "ssr")]
pub mod braking;
pub mod carriers;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod collections;
pub mod contact;
#[cfg(feature = "ssr")]
pub mod cookie;
#[cfg(feature = "ssr")]
pub mod countries;
pub mod delivery;
#[cfg(feature = "ssr")]
pub mod digest;
#[cfg(feature = "ssr")]
pub mod document;
pub mod drops;
#[cfg(feature = "ssr")]
pub mod email;
pub mod error;
#[cfg(feature = "ssr")]
pub mod faults;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod features;
pub mod home;
pub mod identity;
#[cfg(feature = "ssr")]
pub mod kept_forms;
#[cfg(feature = "ssr")]
pub mod load;
#[cfg(feature = "ssr")]
pub mod locale;
#[cfg(feature = "ssr")]
pub mod look;
pub mod menus;
pub mod money;
pub mod moving;
pub mod orders;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod places;
#[cfg(feature = "ssr")]
pub mod reply;
#[cfg(feature = "ssr")]
pub mod returns;
#[cfg(feature = "ssr")]
pub mod seller;
#[cfg(feature = "ssr")]
pub mod sentences;
#[cfg(feature = "ssr")]
pub mod shop;
#[cfg(feature = "ssr")]
pub mod slot;
#[cfg(feature = "ssr")]
pub mod style;
pub mod text;
#[cfg(feature = "ssr")]
pub mod tickets;
pub mod ui;
#[cfg(feature = "ssr")]
pub mod visitor;
pub mod waiting_list;
pub mod wishlist;
pub mod words;

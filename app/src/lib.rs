//! What browser and server share: types, server functions, islands; and, on the server, pages.
//!
//! Pages are rendered on the server alone (feature `ssr`); of this crate the browser gets the
//! islands and the clients of the server functions they call.
#![recursion_limit = "512"]
#![allow(
    clippy::too_many_arguments,
    reason = "the arguments of a server function are the fields of its form"
)]

pub mod account;
#[cfg(feature = "ssr")]
pub mod address;
pub mod admin;
#[cfg(feature = "ssr")]
pub mod audience;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod customers;
pub mod dashboard;
#[cfg(feature = "ssr")]
pub mod email;
pub mod error;
pub mod money;
pub mod orders;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod reply;
pub mod settings;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod staff;
pub mod text;
pub mod ui;

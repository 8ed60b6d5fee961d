//! Everything of the shop that must never reach a browser: the back office, mails and HTTP here, and what these are
//! made of in `server-core`, whose modules have the same paths here as there.

pub mod admin;
pub mod config;
// For unit tests, as `db` below has it for its own. Not all of it is asked for here.
#[cfg(test)]
#[allow(dead_code)]
#[path = "../src/db/explain.rs"]
mod explain;
pub mod http;
pub mod mail;
pub mod rehearsal;
pub mod shop;

pub use server_core::*;

// What the catalogues are made into asks for it here.
use app::locale;
// What it declares is linked with the unit tests.
#[cfg(test)]
use storefront as _;

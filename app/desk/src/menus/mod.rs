//! The editor of the menus.

pub mod api;
pub mod editing;
pub mod feature;

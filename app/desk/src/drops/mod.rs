//! The editor of drops.

pub mod api;
mod beside;
mod edit;
pub mod feature;
mod lines;
mod list;
mod room;
mod waiting_list;

//! The editor of collections.

pub mod api;
mod edit;
pub mod feature;
mod list;

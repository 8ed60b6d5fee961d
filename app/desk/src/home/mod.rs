//! The editor of the front page.

pub mod api;
mod edit;
pub mod feature;
mod list;
pub mod own;
mod preview;

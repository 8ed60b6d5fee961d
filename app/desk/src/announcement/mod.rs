//! The editor of announcements.

pub mod api;
pub mod feature;
mod page;

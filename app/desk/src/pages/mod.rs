//! The editor of the owner's pages.

pub mod editing;
pub mod feature;

//! `/admin/pages`.

pub mod api;
pub mod editor;
mod fields;
pub mod list;
pub mod translation;

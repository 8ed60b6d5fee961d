//! `/admin/pages`.

pub mod editor;
mod fields;
pub mod list;
pub mod translation;

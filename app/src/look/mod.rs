//! What the shop looks like: its logo and icon, accent, corners and font, and the style sheet that
//! is made of them.
//!
//! All that a page needs is in the settings of its moment; the sheet is made of its own address, so
//! that any node answers any version of it without asking the database.

pub mod colour;
#[cfg(test)]
mod contrast;
pub mod fonts;
pub mod ports;
pub mod sheet;
pub mod tokens;
pub mod types;

pub use types::Look;

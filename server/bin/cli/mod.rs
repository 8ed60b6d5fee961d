//! What the commands do that the library does not.

pub mod import;
pub mod payments;
pub mod rehearse;
pub mod serve;
pub mod terminal;

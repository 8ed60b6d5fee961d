//! What the shop looks like: choosing it, and drawing the pictures of it.
//!
//! Nothing of a file that was sent is served: a logo is drawn, or decoded and encoded again, in the
//! size that pages show.

mod check;
mod draw;
mod feature;
mod service;
mod store;
mod svg;

pub use service::LookService;

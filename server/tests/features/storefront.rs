//! What the owner puts in front of the products: categories, collections, announcements and the front page.

mod announcements;
mod back_orders;
mod categories;
mod collections;
pub mod evil;
mod home;
mod shared;
mod translated;

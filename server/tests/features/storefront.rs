//! What the owner puts in front of the products: categories, announcements and the front page.

mod announcements;
mod categories;
mod evil;
mod home;
mod translated;

//! Translations of products, of the names of options, of categories, of announcements, of the front page,
//! of pages and menus: for each language of the shop besides the one that texts are written in, and for those
//! that the shop does not speak yet.

pub mod api;
pub mod feature;
pub mod fields;
pub mod file_page;
pub mod links;
pub mod page;
pub mod ports;
pub mod types;

pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_translations_text.rs"));
}

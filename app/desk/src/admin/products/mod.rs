pub mod adding;
pub mod api;
mod bulk_form;
mod collision;
mod conflict;
mod conflict_pictures;
pub mod editing;
pub mod feature;
mod fields;
mod filling;
mod filters;
pub mod in_drops;
mod keeping;
pub mod list;
pub mod page;
pub mod pictures;
pub mod ports;
pub mod preview;
mod rich_text;
pub mod rows;
pub mod types;
mod variant_pictures;
mod variants;

pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_products_text.rs"));
}

pub mod api;
#[cfg(feature = "ssr")]
mod bulk_form;
#[cfg(feature = "ssr")]
mod conflict;
#[cfg(feature = "ssr")]
mod conflict_pictures;
#[cfg(feature = "ssr")]
pub mod editing;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_products_text.rs"));
}
pub mod types;
#[cfg(feature = "ssr")]
mod variants;

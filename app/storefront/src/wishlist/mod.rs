//! The pages of the wishlist, and its hearts on others.

pub mod api;
pub mod link;

#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod heart;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/wishlist_text.rs"));
}

#[cfg(feature = "ssr")]
pub mod error_page;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod load;
#[cfg(feature = "ssr")]
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/storefront_text.rs"));
}

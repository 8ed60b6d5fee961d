pub mod api;
pub mod bulk;
#[cfg(feature = "ssr")]
mod choices;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod import_page;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_jobs_text.rs"));
}
#[cfg(feature = "ssr")]
pub mod told;
pub mod types;

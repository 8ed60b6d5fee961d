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
pub mod types;

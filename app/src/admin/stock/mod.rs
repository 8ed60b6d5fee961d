pub mod api;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod ports;
pub mod types;
#[cfg(feature = "ssr")]
pub mod variant;

#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod log;
#[cfg(feature = "ssr")]
pub mod page;

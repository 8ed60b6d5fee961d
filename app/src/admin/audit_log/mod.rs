#[cfg(feature = "ssr")]
pub mod log;
#[cfg(feature = "ssr")]
pub mod page;

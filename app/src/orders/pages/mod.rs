#[cfg(feature = "ssr")]
pub mod confirm;
#[cfg(feature = "ssr")]
mod look_up;
#[cfg(feature = "ssr")]
pub mod page;

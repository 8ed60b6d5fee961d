#[cfg(feature = "ssr")]
pub mod look_up;
#[cfg(feature = "ssr")]
pub mod page;

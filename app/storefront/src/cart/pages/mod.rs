#[cfg(feature = "ssr")]
pub mod drawer;
#[cfg(feature = "ssr")]
mod line;
#[cfg(feature = "ssr")]
mod notices;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod problems;
mod stock;

#[cfg(feature = "ssr")]
pub mod confirm;
#[cfg(feature = "ssr")]
mod look_up;
#[cfg(feature = "ssr")]
mod new_account;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod transfer;

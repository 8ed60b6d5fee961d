#[cfg(feature = "ssr")]
mod closed;
#[cfg(feature = "ssr")]
mod contact;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod particulars;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod payment;
#[cfg(feature = "ssr")]
mod review;
#[cfg(feature = "ssr")]
mod shipping;
#[cfg(feature = "ssr")]
mod steps;
#[cfg(feature = "ssr")]
mod summary;

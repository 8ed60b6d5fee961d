//! Customers as those who work in the shop see them: accounts, and guests by their address.

pub mod api;

#[cfg(feature = "ssr")]
pub mod customer;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_customers_text.rs"));
}
#[cfg(feature = "ssr")]
pub mod types;

/// What these pages say, in the language of the request at hand.
#[cfg(feature = "ssr")]
fn said() -> text::Text {
    text::Text::from(crate::locale::locale())
}

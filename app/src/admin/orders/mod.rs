pub mod api;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod filter;
#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod print;
#[cfg(feature = "ssr")]
pub mod refund;
#[cfg(feature = "ssr")]
mod refund_form;
#[cfg(feature = "ssr")]
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_orders_text.rs"));
}
#[cfg(feature = "ssr")]
mod timeline;
pub mod types;

/// What these pages say, in the language of the request at hand.
#[cfg(feature = "ssr")]
fn said() -> text::Text {
    text::Text::from(crate::locale::locale())
}

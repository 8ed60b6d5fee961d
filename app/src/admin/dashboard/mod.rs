//! What staff sees first: what is to be done, how the shop does, and a sale while it runs.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod charts;
#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
mod numbers;
#[cfg(feature = "ssr")]
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_dashboard_text.rs"));
}
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod period;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
mod range;
#[cfg(feature = "ssr")]
mod todo;

/// What these pages say, in the language of the request at hand.
#[cfg(feature = "ssr")]
fn said() -> text::Text {
    text::Text::from(crate::locale::locale())
}

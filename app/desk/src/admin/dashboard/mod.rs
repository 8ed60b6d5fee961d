//! What staff sees first: what is to be done, how the shop does, and a sale while it runs.

pub mod api;
mod chart;
mod charts;
pub mod feature;
mod lists;
mod live;
mod numbers;
pub mod page;
pub mod period;
pub mod ports;
mod range;
mod todo;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_dashboard_text.rs"));
}

/// What these pages say, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

//! Whether the shop's payments and its providers' agree.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_payments_text.rs"));
}

/// What the page says, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

//! The payment methods: which are on, in which order, what they are called, and for which orders they are.

pub mod api;
mod countries;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_methods_text.rs"));
}

/// What the page says, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

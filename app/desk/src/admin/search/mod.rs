//! Finding orders, products, customers and pages of the back office by what one types.

pub mod api;
pub mod feature;
mod find;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_search_text.rs"));
}

/// What the page says, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

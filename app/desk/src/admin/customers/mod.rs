//! Customers as those who work in the shop see them: accounts, and guests by their address.

pub mod api;
pub mod customer;
pub mod feature;
pub mod list;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_customers_text.rs"));
}

/// What these pages say, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

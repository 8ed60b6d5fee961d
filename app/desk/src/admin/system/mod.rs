//! How the servers of the shop do, for those who run them.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_system_text.rs"));
}

/// What the page says, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

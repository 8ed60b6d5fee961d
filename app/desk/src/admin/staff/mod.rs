//! Those who work in the shop: their roles, and how they come in.

pub mod api;
pub mod feature;
pub mod invitation;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_staff_text.rs"));
}

/// What these pages say, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

pub mod api;
mod disputes;
pub mod feature;
mod filter;
mod forms;
pub mod list;
pub mod mails;
pub mod page;
mod payments;
pub mod ports;
pub mod print;
pub mod refund;
mod refund_form;
mod timeline;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_orders_text.rs"));
}

/// What these pages say, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

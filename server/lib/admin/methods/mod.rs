//! Changing the payment methods.

mod check;
mod service;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_methods_text.rs"));
}

use app::locale::locale;

pub use service::MethodService;

/// What is said to those who are refused, in their language.
fn said() -> text::Text {
    text::Text::from(locale())
}

pub mod feature;
pub mod log;
pub mod page;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_audit_log_text.rs"));
}

/// What these pages say, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

#[cfg(feature = "ssr")]
pub mod feature;
#[cfg(feature = "ssr")]
pub mod log;
#[cfg(feature = "ssr")]
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_audit_log_text.rs"));
}
#[cfg(feature = "ssr")]
pub mod page;

/// What these pages say, in the language of the request at hand.
#[cfg(feature = "ssr")]
fn said() -> text::Text {
    text::Text::from(crate::locale::locale())
}

//! The owner's own sentences: what a shop says and no setting tells.

pub mod api;
pub mod feature;
pub mod page;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_sentences_text.rs"));
}

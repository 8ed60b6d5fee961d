//! Changing the owner's own sentences.

mod feature;
mod service;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_sentences_text.rs"));
}

pub use service::SentenceService;

//! What is said of something that was typed, by modules that know no feature.

mod amounts;

pub use amounts::{amount_words, readings_in_file};

pub mod text {
    include!(concat!(env!("OUT_DIR"), "/faults_text.rs"));
}

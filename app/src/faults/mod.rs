//! What is said of something that was typed, by modules that know no feature.

pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/faults_text.rs"));
}

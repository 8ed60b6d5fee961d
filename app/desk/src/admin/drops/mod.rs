//! A drop beside its editor: what has to be right before it starts, and what it looks like then.

pub mod api;
pub mod checks;
pub mod feature;
pub mod figures;
mod file;
mod live;
pub mod ports;
mod preview;
mod ready;
mod report;
pub mod watched;
mod ways;

pub use file::{FILE, file_taken, from_file};
pub use ways::{editor, ways};

pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_drops_text.rs"));
}

/// What these pages say, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(app::locale::locale())
}

//! Views of a list that staff saved: its filter and order, under a name, as a tab beside the others.

pub mod api;
pub mod bar;
pub mod feature;
pub mod ports;
pub mod types;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_views_text.rs"));
}

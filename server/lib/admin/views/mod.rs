//! Views of lists that staff saved.

mod feature;
mod service;
mod store;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_views_text.rs"));
}

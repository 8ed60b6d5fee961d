pub mod api;
pub mod bulk;
mod choices;
pub mod feature;
pub mod import_page;
pub mod page;
pub mod ports;
pub mod told;
pub mod types;

pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_jobs_text.rs"));
}

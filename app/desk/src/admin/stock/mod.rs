pub mod api;
pub mod feature;
pub mod filter;
pub mod page;
pub mod ports;
mod rows;
pub mod types;
pub mod variant;

pub mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_stock_text.rs"));
}

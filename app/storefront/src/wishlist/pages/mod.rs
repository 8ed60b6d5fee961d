mod item;
pub mod page;

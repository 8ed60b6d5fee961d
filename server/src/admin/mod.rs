//! What the staff does, by subject.

pub mod brakes;
pub mod carriers;
pub mod cash;
pub mod categories;
pub mod customers;
pub mod dashboard;
pub mod limits;
pub mod look;
pub mod opening;
pub mod products;
pub mod search;
pub mod seller;
pub mod sentences;
pub mod settings;
pub mod staff;
pub mod system;
pub mod translations;

//! What the staff does, by subject.

pub mod bank;
pub mod brakes;
pub mod carriers;
pub mod cash;
pub mod categories;
pub mod customers;
pub mod dashboard;
pub mod drops;
mod fetched;
pub mod limits;
pub mod look;
pub mod methods;
pub mod opening;
pub mod payments;
pub mod products;
pub mod saving;
pub mod search;
pub mod seller;
pub mod sentences;
pub mod settings;
pub mod staff;
pub mod system;
pub mod translations;
mod views;

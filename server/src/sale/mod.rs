//! What a variant costs, whether it is seen and whether it can be had: the one answer that pages, carts,
//! orders and live stock follow. It is a function of rows and of the time; nothing is switched.

pub mod kept;
pub mod lines;
pub mod moments;
pub mod preview;
pub mod seen;
pub mod taken;
pub mod tally;
pub mod terms;
#[cfg(test)]
mod tests;
pub mod units;

use app::drops::types::DropState;

use crate::db::stored_words;

stored_words!(DropState);

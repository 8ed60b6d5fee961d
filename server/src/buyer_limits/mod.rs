//! One buyer, one share: how many units of a variant, a product or the whole shop someone gets.
//!
//! What counts are orders that are not cancelled, in the window of the limit. [`store`] keeps them by buyer, and
//! [`decide`] says what a limit leaves of what is wanted. Placing an order takes a turn for each of its
//! buyer's names after its variants are locked, reads what counts, decides, and writes what it took, all in
//! its transaction. A cart is told the same without a turn.
//!
//! What nobody has paid for yet is bounded in the same way, by network and postal address: [`held`] decides,
//! and [`holders`] keeps who it is.

pub mod back;
pub mod buyer;
pub mod cards;
mod clear;
pub mod decide;
pub mod edit;
mod feature;
pub mod held;
pub mod holders;
pub mod looks;
pub mod store;

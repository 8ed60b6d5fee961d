//! Bank transfer: the shopper is told where to send the money and by which reference, the order
//! holds its units for some days, and what arrives is matched with the order.

mod account;
mod matching;
mod provider;
mod reference;
pub mod settings;

pub use account::{Account, AccountFault};
pub use matching::{Expected, Matched, Received, Transfer, match_transfer};
pub use provider::BankTransfer;
pub use reference::{Reference, references_in};

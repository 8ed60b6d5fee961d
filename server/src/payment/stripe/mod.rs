//! Stripe: the shopper pays on a page of Stripe's, so no card ever comes near the shop. Cards are
//! authorised there and captured by us. The few calls that this takes are written by hand against
//! the published description of the API; docs/payments.md says why.

mod amounts;
mod begin;
mod check;
mod client;
mod currency;
mod disputes;
mod failure;
mod form;
mod look;
mod objects;
mod provider;
mod refund;
mod refunds;
mod settings;
mod signature;
mod state;
mod void;
mod webhook;

pub use check::{Finding, Weight};
pub use provider::Stripe;
pub use settings::{Mode, StripeSettings, Timeouts};
pub use webhook::EVENTS;

/// The version of the API that the shop speaks. Answers have its shapes whatever the account's own
/// version is; events have the version of their webhook.
pub const API_VERSION: &str = "2026-10-28.endive";

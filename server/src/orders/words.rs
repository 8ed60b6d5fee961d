//! The words that the tables of orders keep, as enums.

use app::orders::{
    payment::{DisputeState, PaymentStatus, RefundStatus},
    types::{CancelReason, EventKind, OrderStatus, TaxMode},
};

use crate::db::stored_words;

app::words! {
    /// What a refund is for.
    pub enum RefundCause {
        /// The staff has made it.
        Staff = "staff",
        /// The order was cancelled after it was paid.
        Cancellation = "cancellation",
        /// It was made at the payment provider itself.
        Provider = "provider",
    }
}

stored_words!(
    OrderStatus,
    CancelReason,
    EventKind,
    PaymentStatus,
    RefundStatus,
    RefundCause,
    DisputeState,
    TaxMode,
);

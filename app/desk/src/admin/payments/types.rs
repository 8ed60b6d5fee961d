//! What a comparison of the shop's payments with a provider's list tells.

use serde::{Deserialize, Serialize};

app::words! {
    /// In what our books and the provider's differ.
    pub enum DifferenceKind {
        /// The provider has money for an order that is not here.
        ChargeWithoutOrder = "charge_without_order",
        /// An order is paid here, and the provider knows nothing of it.
        OrderWithoutCharge = "order_without_charge",
        /// The provider took the money, and the order is not paid here.
        NotTakenIn = "not_taken_in",
        /// Another amount was taken than is written here.
        CapturedDiffers = "captured_differs",
        CurrencyDiffers = "currency_differs",
        /// It was refunded here, and the provider sent less.
        RefundMissing = "refund_missing",
        /// The provider sent back more than was refunded here.
        RefundUnknown = "refund_unknown",
        /// Money is set aside for an order that does not wait for it.
        StillHeld = "still_held",
        /// A cancelled order's money is still the shop's.
        CancelledAndCharged = "cancelled_and_charged",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub kind: DifferenceKind,
    /// None if the order is not here.
    pub order_id: Option<String>,
    pub order_number: Option<String>,
    /// What the provider calls the payment.
    pub reference: String,
    pub currency: String,
    pub ours_minor: i64,
    pub theirs_minor: i64,
    /// Where staff sees it at the provider.
    pub link: Option<String>,
}

/// What came of a comparison that someone has asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub last: Vec<Comparison>,
    pub progress: Progress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Done,
    /// It takes longer than someone waits for it.
    GoesOn,
}

/// The last comparison with one provider. Times are in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub provider: String,
    /// None if it never came to an end.
    pub at: Option<i64>,
    /// When it was last tried and failed; none if the last try came to an end.
    pub failed_at: Option<i64>,
    /// Payments that began at this time or later.
    pub since: i64,
    pub compared: i64,
    /// Payments at the provider that are not this shop's.
    pub foreign: i64,
    pub differences: Vec<Difference>,
}

//! How the money of an order stands.

crate::words! {
    /// What became of an order's payment.
    pub enum PaymentStatus {
        /// The provider's answer is not known yet.
        Pending = "pending",
        /// It is paid on delivery.
        Due = "due",
        /// The provider holds the money for the order and has not charged it.
        Authorised = "authorised",
        /// The money is there.
        Captured = "captured",
        Declined = "declined",
        /// Nothing was charged, and nothing will be.
        Voided = "voided",
        /// All of it is back with the shopper.
        Refunded = "refunded",
        /// Its owner wants it back from the provider, who has taken it for now.
        Disputed = "disputed",
    }
}

crate::words! {
    /// What became of a refund.
    pub enum RefundStatus {
        /// The provider is to pay it back.
        Owed = "owed",
        /// The provider has paid it back.
        Returned = "returned",
        /// Somebody is to pay it back.
        ByHand = "by_hand",
        /// Somebody has paid it back.
        PaidBack = "paid_back",
        /// It was taken off what was due.
        Waived = "waived",
    }
}

impl RefundStatus {
    /// Whether the money is still to go back.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Owed | Self::ByHand => true,
            Self::Returned | Self::PaidBack | Self::Waived => false,
        }
    }
}

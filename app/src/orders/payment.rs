//! The state of an order's money.

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
        /// The provider has taken it over. It has not arrived, and may still fail.
        Pending = "pending",
        /// The provider has paid it back.
        Returned = "returned",
        /// Someone is to pay it back.
        ByHand = "by_hand",
        /// Someone has paid it back.
        PaidBack = "paid_back",
        /// The shopper's bank has given it back in a dispute: nobody is to pay it once more.
        ByBank = "by_bank",
        /// It was taken off what was due.
        Waived = "waived",
    }
}

crate::words! {
    /// The state of a payment that its payer wants back through the bank.
    pub enum DisputeState {
        /// The bank is only asking, and has taken no money.
        Asked = "asked",
        /// The owner has to answer.
        NeedsAnswer = "needs_answer",
        UnderReview = "under_review",
        Won = "won",
        Lost = "lost",
        /// It ended without taking money: a question that was settled, or a dispute that was prevented.
        Closed = "closed",
    }
}

impl DisputeState {
    /// Whether it is still to be decided.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Asked | Self::NeedsAnswer | Self::UnderReview => true,
            Self::Won | Self::Lost | Self::Closed => false,
        }
    }
}

/// The same in SQL, of a column. An index is on these words as they are written here, so statements hold them
/// and bind none.
#[macro_export]
macro_rules! open_dispute {
    ($column:literal) => {
        concat!($column, " IN ('asked', 'needs_answer', 'under_review')")
    };
}

impl RefundStatus {
    /// Whether the money is still to go back.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Owed | Self::ByHand => true,
            Self::Pending | Self::Returned | Self::PaidBack | Self::ByBank | Self::Waived => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DisputeState;

    #[test]
    fn statements_hold_the_words_of_open_disputes() {
        let open = DisputeState::ALL
            .into_iter()
            .filter(|state| state.is_open());
        let words: Vec<String> = open.map(|state| format!("'{}'", state.as_str())).collect();
        let condition = format!("d.state IN ({})", words.join(", "));
        assert_eq!(open_dispute!("d.state"), condition);
    }
}

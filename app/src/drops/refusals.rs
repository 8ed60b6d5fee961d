//! Why orders of a drop are not placed, as its owner is told.

use crate::error::ErrorKind;

crate::words! {
    #[derive(PartialOrd, Ord)]
    pub enum DropRefusal {
        SoldOut = "sold_out",
        TooFewLeft = "too_few_left",
        /// Before the start.
        NotYet = "not_yet",
        /// Not let in from the waiting room.
        NotLetIn = "not_let_in",
        LimitReached = "limit_reached",
        /// Not on sale, or still secret.
        NotOnSale = "not_on_sale",
        PriceChanged = "price_changed",
        TotalChanged = "total_changed",
        Other = "other",
    }
}

impl From<ErrorKind> for DropRefusal {
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::SoldOut => Self::SoldOut,
            ErrorKind::Insufficient => Self::TooFewLeft,
            ErrorKind::NotYet => Self::NotYet,
            ErrorKind::Waiting => Self::NotLetIn,
            ErrorKind::LimitReached => Self::LimitReached,
            ErrorKind::Inactive => Self::NotOnSale,
            ErrorKind::PriceChanged => Self::PriceChanged,
            ErrorKind::TotalChanged => Self::TotalChanged,
            _ => Self::Other,
        }
    }
}

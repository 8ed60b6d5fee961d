//! Stock as staff sees it: variant by variant, with its history.

use std::collections::BTreeMap;

use app::{answers::Tally, catalog::types::Thumb};
use serde::{Deserialize, Serialize};

/// A variant and what there is of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRow {
    pub variant_id: String,
    pub product_id: String,
    pub title: String,
    /// Empty for a product without options.
    pub variant_title: String,
    pub sku: String,
    #[serde(flatten)]
    pub picture: Thumb,
    pub active: bool,
    /// Whether its units are counted.
    pub tracked: bool,
    /// Units that can be sold; those of orders are not among them.
    pub stock: i64,
    pub price_minor: i64,
}

/// What a row of the table was sent with. Amounts are texts in the shop's currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StockRowForm {
    pub variant_id: String,
    /// A number is what there is to be; one with a sign is added or taken away; empty: as it is.
    pub units: String,
    /// What there was when the form was made. Empty: whatever there is.
    pub units_was: String,
    /// Empty: as it is.
    pub price: String,
    /// What it was when the form was made.
    pub price_was: String,
}

impl StockRowForm {
    pub fn changes_units(&self) -> bool {
        !self.units.trim().is_empty()
    }

    pub fn changes_price(&self) -> bool {
        let price = self.price.trim();
        !price.is_empty() && price != self.price_was.trim()
    }
}

/// What a page of the table has saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockSaved {
    /// How many variants were changed.
    pub changed: i64,
}

/// A price that was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceSet {
    pub variant_id: String,
    pub price_minor: i64,
    /// As it is written in a field.
    pub price: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockTable {
    /// Of the forms of its rows: sent twice, they book once.
    pub form_key: String,
    pub rows: Vec<StockRow>,
    /// Units of these variants that orders hold which are not shipped yet, where there are any.
    pub held: BTreeMap<String, i64>,
    /// There are more such orders than were looked at.
    pub held_is_part: bool,
    /// How many there are in each tab, in their order; first those of all.
    pub tallies: Vec<Tally>,
    pub before: Option<String>,
    pub after: Option<String>,
}

app::words! {
    /// Why units came or went.
    pub enum MovementReason {
        Initial = "initial",
        Sale = "sale",
        Cancellation = "cancellation",
        Refund = "refund",
        Adjustment = "adjustment",
        Import = "import",
        /// Set aside for a drop, handed over to its orders, or put back.
        Drop = "drop",
        /// Kept for someone who waited, handed over to their order, or passed on.
        Offer = "offer",
    }
}

/// What is kept as the note of a movement that was made in a product's editor, where nobody is asked;
/// pages say it in their language.
pub const EDITED: &str = "Edited with the product";

impl MovementReason {
    /// In the language of the request at hand.
    pub fn words(self) -> &'static str {
        let text = super::text::Text::from(app::locale::locale());
        match self {
            Self::Initial => text.first_stock(),
            Self::Sale => text.sold(),
            Self::Cancellation => text.order_cancelled(),
            Self::Refund => text.returned(),
            Self::Adjustment => text.adjusted(),
            Self::Import => text.imported(),
            Self::Drop => text.of_drop(),
            Self::Offer => text.of_waiting_list(),
        }
    }
}

/// Units that came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    pub at: i64,
    pub delta: i64,
    pub reason: MovementReason,
    /// What was said about it.
    pub note: String,
    /// Who did it; empty for shoppers.
    pub actor: String,
    pub order_id: Option<String>,
    pub order_number: Option<String>,
    /// What the staff calls it.
    pub order_short_number: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockHistory {
    /// Of the form that books units: sent twice, it books once.
    pub form_key: String,
    pub movements: Vec<Movement>,
    /// Cursor to go on after, if there is more.
    pub after: Option<String>,
}

/// A change of stock with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockAdjusted {
    pub variant_id: String,
    pub stock: i64,
}

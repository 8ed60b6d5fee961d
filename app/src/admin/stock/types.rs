//! Stock as staff sees it: variant by variant, with its history.

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
    pub picture_src: Option<String>,
    pub active: bool,
    pub stock: i64,
    pub price_minor: i64,
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
    pub rows: Vec<StockRow>,
    pub before: Option<String>,
    pub after: Option<String>,
}

crate::words! {
    /// Why units came or went.
    pub enum MovementReason {
        Initial = "initial",
        Sale = "sale",
        Cancellation = "cancellation",
        Refund = "refund",
        Adjustment = "adjustment",
        Import = "import",
    }
}

/// What is kept as the note of a movement that was made in a product's editor, where nobody is asked;
/// pages say it in their language.
pub const EDITED: &str = "Edited with the product";

#[cfg(feature = "ssr")]
impl MovementReason {
    /// In the language of the request at hand.
    pub fn words(self) -> &'static str {
        let text = super::text::Text::from(crate::locale::locale());
        match self {
            Self::Initial => text.first_stock(),
            Self::Sale => text.sold(),
            Self::Cancellation => text.order_cancelled(),
            Self::Refund => text.returned(),
            Self::Adjustment => text.adjusted(),
            Self::Import => text.imported(),
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

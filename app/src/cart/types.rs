//! A cart as pages and the API show it.

use serde::{Deserialize, Serialize};

use crate::{catalog::types::Thumb, error::LineProblem};

/// The most units of one variant a cart may hold.
pub const MAX_QUANTITY: i64 = 99;
/// The most different variants a cart may hold.
pub const MAX_LINES: usize = 50;

/// Beginning of the token of an account's cart, which is in no cookie.
pub const ACCOUNT_CART: &str = "account:";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    pub variant_id: String,
    pub product_slug: Option<String>,
    pub title: String,
    pub variant_title: String,
    #[serde(flatten)]
    pub picture: Thumb,
    pub quantity: i64,
    /// The price the shopper saw when it went into the cart or was last accepted.
    pub unit_price_minor: i64,
    pub total_minor: i64,
    /// How many of these units are not there yet: see [`Units`](crate::catalog::types::Units).
    #[serde(default, skip_serializing_if = "is_none")]
    pub back_order: i64,
    /// How many of these units are kept for the cart's shopper, who waited for them.
    #[serde(default, skip_serializing_if = "is_none")]
    pub kept: i64,
    /// What prevents this line from being bought as it is.
    pub problem: Option<LineProblem>,
}

fn is_none(units: &i64) -> bool {
    *units == 0
}

/// What a line with a problem becomes if the shopper agrees, as they were shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedChange {
    pub variant_id: String,
    /// Zero for a line that goes.
    pub quantity: i64,
    pub price_minor: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartView {
    /// Units in all lines.
    pub count: i64,
    pub lines: Vec<CartLine>,
    /// Of the lines that can be had at all, at the prices that were seen.
    pub subtotal_minor: i64,
    pub currency: String,
}

impl CartView {
    pub fn empty(currency: &str) -> Self {
        Self {
            count: 0,
            lines: Vec::new(),
            subtotal_minor: 0,
            currency: currency.to_owned(),
        }
    }

    /// Whether all of it is there: only then is it known when it arrives.
    pub fn is_in_stock(&self) -> bool {
        self.lines.iter().all(|line| line.back_order == 0)
    }

    pub fn problems(&self) -> Vec<LineProblem> {
        self.lines
            .iter()
            .filter_map(|line| line.problem.clone())
            .collect()
    }
}

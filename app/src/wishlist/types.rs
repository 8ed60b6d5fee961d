//! A wishlist as pages and the API show it.

use serde::{Deserialize, Serialize};

use crate::catalog::types::Card;

/// The most products a wishlist may hold.
pub const MAX_ITEMS: i64 = 200;

/// A product that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishlistItem {
    pub product_id: String,
    /// As it was called when it was saved.
    pub title: String,
    /// As it is sold now; none if it is not.
    pub product: Option<Card>,
    /// Milliseconds since 1970.
    pub added_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishlistView {
    /// Newest first.
    pub items: Vec<WishlistItem>,
    pub currency: String,
}

//! What the server provides for work on stock and prices.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

use super::{
    filter::StockFilter,
    types::{
        PriceSet, StockAdjusted, StockHistory, StockRow, StockRowForm, StockSaved, StockTable,
    },
};

#[async_trait]
pub trait StockAdmin: Send + Sync {
    /// Of bookings with the same `form_key`, one is made; an empty one is none.
    async fn adjust_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        delta: i64,
        reason: &str,
        form_key: &str,
    ) -> ShopResult<StockAdjusted>;
    /// Sets a variant's price, as typed. Refused if it is not `was` any more, as typed, too.
    async fn set_price(
        &self,
        actor: &Account,
        variant_id: &str,
        price: &str,
        was: &str,
    ) -> ShopResult<PriceSet>;
    /// Books what is missing or too much, so that there are `units` afterwards.
    async fn set_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        units: i64,
        reason: &str,
    ) -> ShopResult<StockAdjusted>;
    /// Saves what was typed into rows of the table: all of it, or nothing if one of them is wrong
    /// or has changed since. Adjustments with the same `form_key` are booked once.
    async fn save_rows(
        &self,
        actor: &Account,
        rows: Vec<StockRowForm>,
        reason: &str,
        form_key: &str,
    ) -> ShopResult<StockSaved>;
    /// A page of variants with their stock. Those in `typed` are on it whatever the filter says: what
    /// was typed into their rows is not lost.
    async fn stock(&self, filter: &StockFilter, typed: &[String]) -> ShopResult<StockTable>;
    async fn stock_of(&self, variant_id: &str) -> ShopResult<StockRow>;
    /// Movements of a variant's stock, newest first, from after the one at `after` on.
    async fn stock_history(
        &self,
        variant_id: &str,
        after: Option<&str>,
    ) -> ShopResult<StockHistory>;
}

/// See [`StockAdmin`].
pub fn stock_admin() -> Arc<dyn StockAdmin> {
    shop().port()
}

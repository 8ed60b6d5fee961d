//! Reading refunds.

use desk::admin::orders::types::{Refund, Restock};

use crate::{
    db::{Columns, FromColumn, FromRow, from_row},
    error::Result,
    store::Store,
};

/// An order's refunds, oldest first.
pub async fn of_order(db: &Store, order_id: &str) -> Result<Vec<Refund>> {
    sqlx::query(
        "SELECT number, amount_minor, shipping_minor + elsewhere_shipping_minor AS shipping_minor, \
         status, by_bank_minor, elsewhere_minor, restock, note, fault, created_at FROM refunds WHERE order_id = $1 ORDER BY number",
    )
    .bind(order_id)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(Refund::from_row)
    .collect()
}

from_row!(Refund {
    number,
    amount_minor,
    shipping_minor,
    status,
    by_bank_minor,
    elsewhere_minor,
    restock,
    note,
    fault,
    created_at,
});

impl FromColumn for Restock {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        Ok(match bool::from_column(row, column)? {
            true => Self::ToStock,
            false => Self::Not,
        })
    }
}

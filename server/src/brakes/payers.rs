//! Who pays at a provider's page, while they do: what is declined there counts for them.

use super::Who;
use crate::{
    db::{Dialect, FromRow, Sql, Tx, from_row},
    error::Result,
    store::Store,
};

struct Payer {
    network: String,
    cart: Option<String>,
}

from_row!(Payer { network, cart });

impl From<Payer> for Who {
    fn from(Payer { network, cart }: Payer) -> Self {
        Self {
            network: Some(network),
            cart,
            card: None,
        }
    }
}

/// Notes who goes on to pay for an order, if it waits for that. Whoever comes last is it.
pub async fn note(db: &Store, order_id: &str, who: &Who) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "INSERT INTO payers (order_id, network, cart) SELECT o.id, $1, $2 FROM orders o \
         WHERE o.id = $3 AND o.status = 'pending_payment' \
         ON CONFLICT (order_id) DO UPDATE SET network = excluded.network, cart = excluded.cart",
    )
    .bind(who.network.clone())
    .bind(who.cart.clone())
    .bind(order_id)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Whose try it was that a provider calls `declined`, if it was not taken note of before. Of several who
/// ask, one is told.
pub async fn declined(db: &Store, order_id: &str, declined: &str) -> Result<Option<Who>> {
    // Every look at the payment tells of it again, and is to cost no writer.
    let mut sql = Sql::new("SELECT order_id FROM payers WHERE order_id = ");
    sql.text(order_id)
        .push(" AND COALESCE(declined, '') <> ")
        .text(declined);
    if sql.fetch_optional(db.reader()).await?.is_none() {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    let row = sqlx::query(
        "UPDATE payers SET declined = $1 WHERE order_id = $2 AND COALESCE(declined, '') <> $1 \
         RETURNING network, cart",
    )
    .bind(declined)
    .bind(order_id)
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    let payer = row.as_ref().map(Payer::from_row).transpose()?;
    Ok(payer.map(Who::from))
}

pub async fn forget(tx: &mut Tx, dialect: Dialect, orders: &[String]) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM payers WHERE order_id");
    sql.push(dialect.in_json_array(1));
    sql.bind_only(serde_json::to_string(orders)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Those of orders that do not wait for their payment any more.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    sqlx::query(
        "DELETE FROM payers WHERE order_id NOT IN \
         (SELECT o.id FROM orders o WHERE o.status = 'pending_payment')",
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

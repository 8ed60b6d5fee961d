//! Cancelling: the order's units go back to stock exactly once.

use crate::{
    catalog::{
        changes::{ChangeSet, Committed},
        write::refresh_summaries,
    },
    db::{Db, Dialect, Get, Sql, Tx},
    error::Result,
    ids::new_id,
};

/// Why an order was cancelled, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelReason {
    Declined,
    /// Its payment never came.
    Expired,
    Staff,
}

impl CancelReason {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declined => "payment_declined",
            Self::Expired => "payment_expired",
            Self::Staff => "cancelled_by_staff",
        }
    }
}

/// What becomes of what was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restore {
    /// It goes back into the cart it came from, to be ordered again.
    Cart,
    Nothing,
}

/// Cancels an order that was not paid for. `None` if it is not waiting for its payment (any more).
pub async fn cancel_unpaid(
    db: &Db,
    now: i64,
    order_id: &str,
    reason: CancelReason,
    restore: Restore,
) -> Result<Option<Committed>> {
    cancel(
        db,
        now,
        order_id,
        &["pending_payment"],
        reason,
        restore,
        None,
    )
    .await
}

/// Cancels an order that is not packed. Tells whether this call did it.
pub async fn cancel_by_staff(db: &Db, now: i64, order_id: &str, actor: &str) -> Result<bool> {
    let from = ["pending_payment", "paid"];
    let changes = cancel(
        db,
        now,
        order_id,
        &from,
        CancelReason::Staff,
        Restore::Nothing,
        Some(actor),
    )
    .await?;
    Ok(changes.is_some())
}

async fn cancel(
    db: &Db,
    now: i64,
    order_id: &str,
    from: &[&str],
    reason: CancelReason,
    restore: Restore,
    actor: Option<&str>,
) -> Result<Option<Committed>> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    // The same order of locks as in placing: cart, then variants.
    let mut sql =
        Sql::new("SELECT token_hash FROM carts WHERE id = (SELECT cart_id FROM orders WHERE id = ");
    sql.text(order_id).push(")").push(dialect.for_update());
    let cart = sql.fetch_optional(&mut *tx).await?;

    // Only one caller finds the order in one of these states.
    let mut sql = Sql::new("UPDATE orders SET status = 'cancelled', cancel_reason = ");
    sql.text(reason.as_str()).push(", updated_at = ").int(now);
    sql.push(" WHERE id = ").text(order_id).push(" AND status");
    let parameter = sql.next();
    sql.push(dialect.among(parameter))
        .bind(serde_json::to_string(from)?);
    if sql.execute(&mut *tx).await? == 0 {
        tx.rollback().await?;
        return Ok(None);
    }
    // What the provider has, or may have, is returned after this commits: see `checkout::refund`.
    sqlx::query(
        "UPDATE payments SET updated_at = $1, status = CASE \
         WHEN status = 'due' THEN 'void' \
         WHEN status = 'pending' AND $2 = 'payment_declined' THEN 'declined' \
         WHEN status = 'pending' AND $2 = 'payment_expired' THEN 'void' \
         ELSE status END WHERE order_id = $3",
    )
    .bind(now)
    .bind(reason.as_str())
    .bind(order_id)
    .execute(&mut *tx)
    .await?;
    let mut changes = give_back(&mut tx, dialect, now, order_id, actor).await?;
    if restore == Restore::Cart {
        sqlx::query(
            "INSERT INTO cart_lines (cart_id, variant_id, quantity, unit_price_minor, title, variant_title, added_at) \
             SELECT o.cart_id, l.variant_id, l.quantity, l.unit_price_minor, l.title, l.variant_title, $1 \
             FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN carts c ON c.id = o.cart_id \
             WHERE l.order_id = $2 AND l.variant_id IS NOT NULL \
             ON CONFLICT (cart_id, variant_id) DO NOTHING",
        )
        .bind(now)
        .bind(order_id)
        .execute(&mut *tx)
        .await?;
        if let Some(cart) = cart {
            changes.cart(&cart.text("token_hash")?);
        }
    }
    Ok(Some(changes.commit(tx, db).await?))
}

async fn give_back(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    actor: Option<&str>,
) -> Result<ChangeSet> {
    let mut sql = Sql::new(
        "SELECT id FROM variants WHERE id IN \
         (SELECT variant_id FROM order_lines WHERE order_id = ",
    );
    sql.text(order_id)
        .push(") ORDER BY id")
        .push(dialect.for_update());
    sql.fetch_all(&mut **tx).await?;

    let lines = sqlx::query(
        "SELECT l.variant_id, l.quantity, v.product_id, p.slug FROM order_lines l \
         JOIN variants v ON v.id = l.variant_id JOIN products p ON p.id = v.product_id WHERE l.order_id = $1 ORDER BY l.variant_id",
    )
    .bind(order_id)
    .fetch_all(&mut **tx)
    .await?;
    let mut changes = ChangeSet::default();
    for line in lines {
        let (variant_id, quantity) = (line.text("variant_id")?, line.int("quantity")?);
        sqlx::query("UPDATE variants SET stock = stock + $1, sold = sold - $1 WHERE id = $2")
            .bind(quantity)
            .bind(&variant_id)
            .execute(&mut **tx)
            .await?;
        // A second movement of this kind for the same order and variant breaks a unique index.
        sqlx::query(
            "INSERT INTO stock_movements (id, variant_id, delta, reason, order_id, actor, created_at) \
             VALUES ($1, $2, $3, 'cancellation', $4, $5, $6)",
        )
        .bind(new_id())
        .bind(&variant_id)
        .bind(quantity)
        .bind(order_id)
        .bind(actor)
        .bind(now)
        .execute(&mut **tx)
        .await?;
        changes.stock(&variant_id);
        changes.product(&line.text("product_id")?, &line.text("slug")?);
    }
    let ids: Vec<String> = changes.products().iter().cloned().collect();
    refresh_summaries(tx, dialect, &ids).await?;
    Ok(changes)
}

//! The card that an order is paid with is one more name of its buyer. It is known only once the money is
//! set aside, so it is counted then, before anything is taken.

use app::orders::types::OrderStatus;

use super::{
    buyer::Buyer,
    decide::{LimitedLine, Limits},
    store::{self, OrderUse},
};
use crate::{
    db::{FromRow, Sql, from_row},
    error::Result,
    facts::{self, Fact},
    store::Store,
};

/// Whether a card may pay an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Within,
    /// With it, more would have been bought on this card than one buyer gets.
    Over,
}

struct Line {
    variant_id: String,
    product_id: String,
    drop_id: Option<String>,
    quantity: i64,
}

from_row!(Line {
    variant_id,
    product_id,
    drop_id,
    quantity,
});

/// The order that is paid.
struct Paid {
    status: OrderStatus,
    created_at: i64,
}

from_row!(Paid { status, created_at });

/// A column that says by which key cards are known: `card_key`, and NULL while nothing is limited.
pub fn key_column() -> String {
    let key = facts::value(Fact::BuyerKey);
    format!("CASE WHEN EXISTS (SELECT 1 FROM buyer_limits b) THEN {key} END AS card_key")
}

/// Counts an order that waits for its payment for the card it is to be paid with, once. `key` is that of
/// [`key_column`]. `fingerprint` is the provider's, the same for the same card; a keyed hash of it is kept.
pub async fn admit(
    db: &Store,
    now: i64,
    (order_id, attempt): (&str, i64),
    key: &str,
    fingerprint: &str,
) -> Result<Admission> {
    let buyer = Buyer::of_card(key, fingerprint)?;
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    // What ends the order gives its share back: it waits, or has been here.
    let mut sql = Sql::new("SELECT status, created_at FROM orders WHERE id = ");
    sql.text(order_id).push(dialect.for_update());
    let order: Paid = sql.fetch_one_as(&mut *tx).await?;
    if order.status != OrderStatus::PendingPayment {
        tx.rollback().await?;
        return Ok(Admission::Within);
    }
    if store::note_card(&mut tx, (order_id, attempt), buyer.names()).await? {
        tx.commit().await?;
        return Ok(Admission::Within);
    }
    let mut sql = Sql::new(
        "SELECT l.variant_id, COALESCE(v.product_id, v.archived_product_id, '') AS product_id, l.drop_id, l.quantity \
         FROM order_lines l JOIN variants v ON v.id = l.variant_id WHERE l.order_id = ",
    );
    sql.text(order_id).push(" ORDER BY l.position");
    let lines: Vec<Line> = sql
        .fetch_all(&mut *tx)
        .await?
        .iter()
        .map(Line::from_row)
        .collect::<Result<_>>()?;
    let wanted: Vec<LimitedLine<'_>> = lines
        .iter()
        .map(|line| LimitedLine {
            variant_id: &line.variant_id,
            product_id: &line.product_id,
            drop_id: line.drop_id.as_deref(),
            quantity: line.quantity,
        })
        .collect();
    let mut limits: Limits = store::turn_of(&mut tx, dialect, now, &wanted, &buyer).await?;
    if limits.stops(&wanted, &buyer).iter().any(Option::is_some) {
        tx.rollback().await?;
        return Ok(Admission::Over);
    }
    let taken: Vec<OrderUse> = limits
        .take(&wanted, &buyer)
        .into_iter()
        .map(|used| OrderUse {
            order_id: order_id.to_owned(),
            at: order.created_at,
            used,
        })
        .collect();
    store::write(&mut tx, dialect, &taken).await?;
    store::note_card(&mut tx, (order_id, attempt), buyer.names()).await?;
    tx.commit().await?;
    Ok(Admission::Within)
}

/// Gives back what an order counts for the card of an attempt that was let go: it may be paid with another, and
/// the card pay for something else. Which card that was, the provider may tell no more.
pub async fn give_back(db: &Store, of: (&str, i64)) -> Result<()> {
    if !store::counts_for_card(db, of).await? {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    // As it is locked for counting.
    let mut sql = Sql::new("SELECT status FROM orders WHERE id = ");
    sql.text(of.0).push(db.dialect().for_update());
    sql.fetch_optional(&mut *tx).await?;
    store::take_card_back(&mut tx, of).await?;
    tx.commit().await?;
    Ok(())
}

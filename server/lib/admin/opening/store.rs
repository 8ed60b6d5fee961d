//! What there is of a shop, as far as opening it goes.

use desk::admin::opening::ports::Item;

use crate::{
    db::{Connection, Sql, Tx, from_row},
    error::Result,
};

struct Confirmed {
    item: Item,
}

from_row!(Confirmed { item: word });

/// What admins have confirmed.
pub async fn confirmed(connection: &mut Connection) -> Result<Vec<Item>> {
    let rows: Vec<Confirmed> = Sql::new("SELECT item FROM opening_checks")
        .fetch_all_as(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.item).collect())
}

pub async fn confirm(tx: &mut Tx, item: Item, now: i64, by: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO opening_checks (item, confirmed_at, confirmed_by) VALUES ($1, $2, $3) \
         ON CONFLICT (item) DO UPDATE SET confirmed_at = excluded.confirmed_at, \
         confirmed_by = excluded.confirmed_by",
    )
    .bind(item.as_str())
    .bind(now)
    .bind(by)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets all of it: another shop begins here.
pub async fn forget(tx: &mut Tx) -> Result<()> {
    sqlx::query("DELETE FROM opening_checks")
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether something is for sale.
pub async fn has_product(connection: &mut Connection) -> Result<bool> {
    let found = Sql::new("SELECT id FROM products WHERE active = 1 LIMIT 1")
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

pub async fn has_order(connection: &mut Connection) -> Result<bool> {
    let found = Sql::new("SELECT id FROM orders LIMIT 1")
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

//! Limits being set, changed and taken away, with what was ordered before they were.

use app::contact::Contact;

use super::{
    buyer::Buyer,
    decide::{Limit, Scope, Use},
    store::{BATCH, DAY, LIMITS, OrderUse, write},
};
use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    ids::new_id,
};

/// The limits of the shop, or of a product and its variants.
pub async fn standing(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    product_id: Option<&str>,
) -> Result<Vec<Limit>> {
    let mut sql = Sql::new(LIMITS);
    // Those of drops are set with the drop.
    sql.push(" WHERE l.drop_id IS NULL AND (");
    match product_id {
        None => sql.push("l.product_id IS NULL AND l.variant_id IS NULL"),
        Some(id) => {
            sql.push("l.product_id = ").text(id);
            sql.push(" OR l.variant_id IN (SELECT id FROM variants WHERE product_id = ")
                .text(id)
                .push(")")
        }
    };
    sql.push(") ORDER BY l.id");
    sql.fetch_all_as(read).await
}

/// Those of the lines of a drop.
pub async fn of_drop(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    drop_id: &str,
) -> Result<Vec<Limit>> {
    let mut sql = Sql::new(LIMITS);
    sql.push(" WHERE l.drop_id = ")
        .text(drop_id)
        .push(" ORDER BY l.id");
    sql.fetch_all_as(read).await
}

/// Keeps orders from being decided that a limit of the shop, or of a product, is about: those that are
/// under way are written before it is changed, and the others are decided by what it is then.
pub async fn lock_variants(tx: &mut Tx, dialect: Dialect, product_id: Option<&str>) -> Result<()> {
    if dialect == Dialect::Sqlite {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT id FROM variants");
    if let Some(id) = product_id {
        // Also those that were taken out of it: their orders count.
        sql.push(" WHERE product_id = ").text(id);
        sql.push(" OR archived_product_id = ").text(id);
    }
    sql.push(" ORDER BY id").push(dialect.for_update());
    sql.fetch_all(&mut **tx).await?;
    Ok(())
}

/// Sets another number of units; what counts stays.
pub async fn set_units(tx: &mut Tx, limit_id: &str, units: i64) -> Result<()> {
    sqlx::query("UPDATE buyer_limits SET units = $1 WHERE id = $2")
        .bind(units)
        .bind(limit_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub async fn remove(tx: &mut Tx, limit_id: &str) -> Result<()> {
    for sql in [
        "DELETE FROM buyer_limit_uses WHERE limit_id = $1",
        "DELETE FROM buyer_limits WHERE id = $1",
    ] {
        sqlx::query(sql).bind(limit_id).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Sets a limit and counts what was ordered in its window before. Its variants are locked.
pub async fn add(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    key: &str,
    (scope, units, days): (Scope, i64, i64),
) -> Result<()> {
    let limit = Limit {
        id: new_id(),
        scope,
        units,
        days,
    };
    let (product, variant, drop) = match &limit.scope {
        Scope::Shop => (None, None, None),
        Scope::Product(id) => (Some(id.as_str()), None, None),
        Scope::Variant(id) => (None, Some(id.as_str()), None),
        Scope::OfDrop {
            drop_id,
            variant_id,
        } => (None, Some(variant_id.as_str()), Some(drop_id.as_str())),
    };
    sqlx::query(
        "INSERT INTO buyer_limits (id, product_id, variant_id, units, days, created_at, drop_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&limit.id)
    .bind(product)
    .bind(variant)
    .bind(units)
    .bind(days)
    .bind(now)
    .bind(drop)
    .execute(&mut **tx)
    .await?;
    let mut last = String::new();
    loop {
        let orders = ordered(tx, &limit, now, &last).await?;
        let Some(end) = orders.last() else {
            return Ok(());
        };
        last.clone_from(&end.id);
        let mut taken = Vec::new();
        for order in &orders {
            let buyer = Buyer::of(key, order.account_id.as_deref(), &order.contact())?;
            taken.extend(buyer.names().map(|name| OrderUse {
                order_id: order.id.clone(),
                at: order.created_at,
                used: Use {
                    limit_id: limit.id.clone(),
                    buyer: name.clone(),
                    units: order.units,
                },
            }));
        }
        write(tx, dialect, &taken).await?;
    }
}

/// An order from before, with the units a limit is about.
struct Ordered {
    id: String,
    account_id: Option<String>,
    email: String,
    address_line1: String,
    address_line2: String,
    postal_code: String,
    city: String,
    country: String,
    created_at: i64,
    units: i64,
}

from_row!(Ordered {
    id,
    account_id,
    email,
    address_line1,
    address_line2,
    postal_code,
    city,
    country,
    created_at,
    units,
});

impl Ordered {
    fn contact(&self) -> Contact {
        Contact {
            email: self.email.clone(),
            address_line1: self.address_line1.clone(),
            address_line2: self.address_line2.clone(),
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            country: self.country.clone(),
            ..Contact::default()
        }
    }
}

/// Orders that are not cancelled, with what did not go back on the shelf, in the window of a limit, after one of them by its id.
async fn ordered(tx: &mut Tx, limit: &Limit, now: i64, after: &str) -> Result<Vec<Ordered>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.account_id, o.email, o.address_line1, o.address_line2, o.postal_code, o.city, \
         o.country, o.created_at, CAST(SUM(l.quantity - l.restocked) AS BIGINT) AS units \
         FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.status <> 'cancelled' AND o.id > ",
    );
    sql.text(after);
    if limit.days > 0 {
        sql.push(" AND o.created_at > ").int(now - limit.days * DAY);
    }
    match &limit.scope {
        Scope::Shop => {}
        Scope::Variant(id) => {
            sql.push(" AND l.variant_id = ").text(id);
        }
        Scope::OfDrop {
            drop_id,
            variant_id,
        } => {
            sql.push(" AND l.variant_id = ").text(variant_id);
            sql.push(" AND l.drop_id = ").text(drop_id);
        }
        Scope::Product(id) => {
            // Also those of its variants that were taken out of it since.
            sql.push(
                " AND l.variant_id IN (SELECT id FROM variants \
                 WHERE COALESCE(product_id, archived_product_id) = ",
            )
            .text(id)
            .push(")");
        }
    }
    sql.push(
        " GROUP BY o.id, o.account_id, o.email, o.address_line1, o.address_line2, o.postal_code, o.city, \
         o.country, o.created_at HAVING SUM(l.quantity - l.restocked) > 0 ORDER BY o.id LIMIT ",
    )
    .push(BATCH);
    sql.fetch_all_as(&mut **tx).await
}

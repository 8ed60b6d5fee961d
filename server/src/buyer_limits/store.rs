//! Limits in the database, and what counts against them.

use std::collections::{BTreeMap, BTreeSet};

use app::contact::Contact;
use serde_json::json;
use sqlx::any::AnyRow;

use super::{
    buyer::Buyer,
    decide::{Limit, Limits, Scope, Use, Wanted},
};
use crate::{
    db::{Column, Connection, Dialect, FromRow, Get, Sql, Tx, from_row},
    error::{Error, Result},
    facts::{self, Fact},
    ids::new_id,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Rows read or written by one statement.
const BATCH: usize = 1000;
/// How long the row of a turn is kept that nobody takes.
const TURN_KEPT: i64 = 60 * 60 * 1000;

impl FromRow for Limit {
    fn from_row(row: &AnyRow) -> Result<Self> {
        let of = (row.maybe_text("product_id")?, row.maybe_text("variant_id")?);
        Ok(Self {
            id: row.text("id")?,
            scope: match of {
                (_, Some(variant)) => Scope::Variant(variant),
                (Some(product), None) => Scope::Product(product),
                (None, None) => Scope::Shop,
            },
            units: row.int("units")?,
            days: row.int("days")?,
        })
    }
}

const LIMITS: &str = "SELECT l.id, l.product_id, l.variant_id, l.units, l.days FROM buyer_limits l";

/// Those that are about one of these lines.
async fn about(
    connection: &mut Connection,
    dialect: Dialect,
    lines: &[Wanted<'_>],
) -> Result<Vec<Limit>> {
    let products: BTreeSet<&str> = lines.iter().map(|line| line.product_id).collect();
    let variants: BTreeSet<&str> = lines.iter().map(|line| line.variant_id).collect();
    // The shop's has the key of no product, which its index finds.
    let mut sql = Sql::new(LIMITS);
    sql.push(" WHERE COALESCE(l.product_id, l.variant_id, '')")
        .push(dialect.in_json_array(1))
        .push(" ORDER BY l.id");
    let of: Vec<&str> = products.into_iter().chain(variants).chain([""]).collect();
    sql.bind_only(serde_json::to_string(&of)?)
        .fetch_all_as(connection)
        .await
}

/// The limits on these lines with what counts of a buyer, for a cart. Nothing is locked.
pub async fn for_cart(
    connection: &mut Connection,
    dialect: Dialect,
    now: i64,
    account_id: Option<&str>,
    lines: &[Wanted<'_>],
) -> Result<(Limits, Buyer)> {
    let limits = about(connection, dialect, lines).await?;
    let mut known = (Limits::default(), Buyer::default());
    if limits.is_empty() {
        return Ok(known);
    }
    if let Some(key) = facts::known(&mut *connection, Fact::BuyerKey).await? {
        known.1 = Buyer::signed_in(&key, account_id)?;
    }
    let pairs = pairs(&limits, known.1.names());
    known.0 = Limits {
        used: used(connection, dialect, now, &pairs).await?,
        limits,
    };
    Ok(known)
}

/// Somebody who is placing an order.
pub struct Placing<'a> {
    pub order_id: &'a str,
    pub account_id: Option<&'a str>,
    pub contact: &'a Contact,
    pub lines: Vec<Wanted<'a>>,
}

/// What limits say of a batch of orders.
#[derive(Default)]
pub struct Turn {
    pub limits: Limits,
    /// By the order's id.
    pub buyers: BTreeMap<String, Buyer>,
}

/// Takes the turn of all who order, and reads what counts once it has it. Their variants are locked:
/// whoever changes a limit locks them, too, so what is read stays until the transaction ends.
pub async fn take_turn(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    orders: &[Placing<'_>],
) -> Result<Turn> {
    let lines: Vec<Wanted<'_>> = orders
        .iter()
        .flat_map(|order| order.lines.clone())
        .collect();
    let limits = about(tx, dialect, &lines).await?;
    if limits.is_empty() {
        return Ok(Turn::default());
    }
    let key = facts::known(&mut **tx, Fact::BuyerKey).await?;
    let key = key.ok_or_else(|| Error::Invariant("limits have no key of buyers".to_owned()))?;
    let mut turn = Turn::default();
    let mut wanted = BTreeSet::new();
    for order in orders {
        let buyer = Buyer::of(&key, order.account_id, order.contact)?;
        let theirs = limits
            .iter()
            .filter(|limit| order.lines.iter().any(|line| limit.is_about(line)));
        wanted.extend(pairs(theirs, buyer.names()));
        turn.buyers.insert(order.order_id.to_owned(), buyer);
    }
    if dialect == Dialect::Postgres {
        lock(tx, dialect, now, &wanted).await?;
    }
    turn.limits = Limits {
        used: used(tx, dialect, now, &wanted).await?,
        limits,
    };
    Ok(turn)
}

/// Limits and buyers, in the order in which they are locked.
type Pairs = BTreeSet<(String, String)>;

fn pairs<'a>(
    limits: impl IntoIterator<Item = &'a Limit>,
    names: impl Iterator<Item = &'a String> + Clone,
) -> Pairs {
    let limits = limits.into_iter();
    limits
        .flat_map(|limit| {
            names
                .clone()
                .map(move |name| (limit.id.clone(), name.clone()))
        })
        .collect()
}

fn of_pairs(pairs: &Pairs) -> Result<String> {
    let rows = pairs.iter();
    let rows: Vec<_> = rows
        .map(|(limit, buyer)| json!({ "limit_id": limit, "buyer": buyer }))
        .collect();
    Ok(serde_json::to_string(&rows)?)
}

const PAIR: [(&str, Column); 2] = [("limit_id", Column::Text), ("buyer", Column::Text)];

/// Makes the rows that are missing and locks the others, in order.
async fn lock(tx: &mut Tx, dialect: Dialect, now: i64, pairs: &Pairs) -> Result<()> {
    let mut sql = Sql::new(
        "INSERT INTO buyer_limit_turns (limit_id, buyer, at) SELECT t.limit_id, t.buyer, CAST(",
    );
    sql.int(now).push(" AS BIGINT) FROM ");
    sql.push(dialect.rows(2, &PAIR)).push(
        " AS t WHERE true ORDER BY t.limit_id, t.buyer \
         ON CONFLICT (limit_id, buyer) DO UPDATE SET at = excluded.at",
    );
    sql.bind(of_pairs(pairs)?);
    sql.execute(&mut **tx).await?;
    Ok(())
}

/// Units that count at this moment, by limit and buyer. A statement of its own: what others committed
/// before the turn was had is seen.
async fn used(
    connection: &mut Connection,
    dialect: Dialect,
    now: i64,
    pairs: &Pairs,
) -> Result<BTreeMap<(String, String), i64>> {
    if pairs.is_empty() {
        return Ok(BTreeMap::new());
    }
    let buyers: BTreeSet<&str> = pairs.iter().map(|(_, buyer)| buyer.as_str()).collect();
    let mut sql = Sql::new(
        "SELECT u.limit_id, u.buyer, CAST(SUM(u.units) AS BIGINT) AS units \
         FROM buyer_limit_uses u JOIN buyer_limits l ON l.id = u.limit_id JOIN ",
    );
    sql.push(dialect.rows(1, &PAIR));
    // Says the same again, so that rows are looked up by their key.
    sql.push(" AS t ON t.limit_id = u.limit_id AND t.buyer = u.buyer WHERE u.buyer")
        .push(dialect.in_json_array(2));
    sql.bind(of_pairs(pairs)?)
        .bind(serde_json::to_string(&buyers)?);
    sql.push(" AND (l.days = 0 OR u.at > ")
        .int(now)
        .push(format!(" - l.days * {DAY}) GROUP BY u.limit_id, u.buyer"));
    let rows = sql.fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let pair = (row.text("limit_id")?, row.text("buyer")?);
            Ok((pair, row.int("units")?))
        })
        .collect()
}

/// Units of an order that was placed at some time.
pub struct Taken {
    pub order_id: String,
    pub at: i64,
    pub used: Use,
}

pub async fn write(tx: &mut Tx, dialect: Dialect, taken: &[Taken]) -> Result<()> {
    let columns = [
        ("buyer", Column::Text),
        ("limit_id", Column::Text),
        ("order_id", Column::Text),
        ("units", Column::Int),
        ("at", Column::Int),
    ];
    for taken in taken.chunks(BATCH) {
        let rows: Vec<_> = taken
            .iter()
            .map(|taken| {
                let Use {
                    limit_id,
                    buyer,
                    units,
                } = &taken.used;
                json!({
                    "buyer": buyer, "limit_id": limit_id, "order_id": taken.order_id,
                    "units": units, "at": taken.at,
                })
            })
            .collect();
        let mut sql = Sql::new(
            "INSERT INTO buyer_limit_uses (buyer, limit_id, order_id, units, at) \
             SELECT buyer, limit_id, order_id, units, at FROM ",
        );
        sql.push(dialect.rows(1, &columns)).push(" AS t WHERE true");
        sql.bind_only(serde_json::to_string(&rows)?)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// An order that was cancelled counts for nothing any more; its row is gone once.
pub async fn give_back(tx: &mut Tx, order_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM buyer_limit_uses WHERE order_id = $1")
        .bind(order_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets who placed these orders.
pub async fn forget(tx: &mut Tx, dialect: Dialect, orders: &[String]) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM buyer_limit_uses WHERE order_id");
    sql.push(dialect.in_json_array(1));
    sql.bind_only(serde_json::to_string(orders)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The limits of the shop, or of a product and its variants.
pub async fn standing(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    product_id: Option<&str>,
) -> Result<Vec<Limit>> {
    let mut sql = Sql::new(LIMITS);
    match product_id {
        None => sql.push(" WHERE l.product_id IS NULL AND l.variant_id IS NULL"),
        Some(id) => {
            sql.push(" WHERE l.product_id = ").text(id);
            sql.push(" OR l.variant_id IN (SELECT id FROM variants WHERE product_id = ")
                .text(id)
                .push(")")
        }
    };
    sql.push(" ORDER BY l.id");
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
    let (product, variant) = match &limit.scope {
        Scope::Shop => (None, None),
        Scope::Product(id) => (Some(id.as_str()), None),
        Scope::Variant(id) => (None, Some(id.as_str())),
    };
    sqlx::query(
        "INSERT INTO buyer_limits (id, product_id, variant_id, units, days, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&limit.id)
    .bind(product)
    .bind(variant)
    .bind(units)
    .bind(days)
    .bind(now)
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
            taken.extend(buyer.names().map(|name| Taken {
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

/// Orders that stand in the window of a limit, after one of them by its id.
async fn ordered(tx: &mut Tx, limit: &Limit, now: i64, after: &str) -> Result<Vec<Ordered>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.account_id, o.email, o.address_line1, o.address_line2, o.postal_code, o.city, \
         o.country, o.created_at, CAST(SUM(l.quantity) AS BIGINT) AS units \
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
         o.country, o.created_at ORDER BY o.id LIMIT ",
    )
    .push(BATCH);
    sql.fetch_all_as(&mut **tx).await
}

/// Clears what counts for nothing any more: orders outside of their window, rows of limits that are gone,
/// turns nobody takes.
pub async fn clear(tx: &mut Tx, dialect: Dialect, now: i64) -> Result<()> {
    let limits: Vec<Limit> = Sql::new(LIMITS).fetch_all_as(&mut **tx).await?;
    for limit in limits.iter().filter(|limit| limit.days > 0) {
        sqlx::query("DELETE FROM buyer_limit_uses WHERE limit_id = $1 AND at <= $2")
            .bind(&limit.id)
            .bind(now - limit.days * DAY)
            .execute(&mut **tx)
            .await?;
    }
    sqlx::query("DELETE FROM buyer_limit_uses WHERE limit_id NOT IN (SELECT id FROM buyer_limits)")
        .execute(&mut **tx)
        .await?;
    // Rows that are locked are in use: nobody is waited for.
    let mut sql = Sql::new(
        "DELETE FROM buyer_limit_turns WHERE (limit_id, buyer) IN \
         (SELECT limit_id, buyer FROM buyer_limit_turns WHERE at <= ",
    );
    sql.int(now - TURN_KEPT)
        .push(" ORDER BY limit_id, buyer")
        .push(dialect.for_update())
        .push(dialect.skip_locked())
        .push(")");
    sql.execute(&mut **tx).await?;
    Ok(())
}

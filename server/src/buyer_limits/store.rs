//! Limits in the database, and what counts against them; how they are set is in [`edit`](super::edit).

use std::collections::{BTreeMap, BTreeSet};

use app::contact::Contact;

use super::{
    buyer::Buyer,
    decide::{Limit, LimitedLine, Limits, Scope, Use},
};
use crate::{
    db::{Columns, Db, Dialect, FromRow, Rows, Session, Sql, Tx, from_row},
    error::{Error, Result},
    facts::{self, Fact},
};

pub(super) const DAY: i64 = 24 * 60 * 60 * 1000;
/// Rows read by one statement.
pub(super) const BATCH: usize = 1000;

/// What a limit is about, in its columns.
struct Subject {
    product_id: Option<String>,
    variant_id: Option<String>,
    drop_id: Option<String>,
}

from_row!(Subject {
    product_id,
    variant_id,
    drop_id,
});

impl<R: Columns> FromRow<R> for Scope {
    fn from_row(row: &R) -> Result<Self> {
        let subject = Subject::from_row(row)?;
        Ok(
            match (subject.product_id, subject.variant_id, subject.drop_id) {
                (_, Some(variant_id), Some(drop_id)) => Self::OfDrop {
                    drop_id,
                    variant_id,
                },
                (_, Some(variant), None) => Self::Variant(variant),
                (Some(product), None, _) => Self::Product(product),
                (None, None, _) => Self::Shop,
            },
        )
    }
}

from_row!(Limit {
    id,
    scope: row,
    units,
    days,
});

pub(super) const LIMITS: &str =
    "SELECT l.id, l.product_id, l.variant_id, l.drop_id, l.units, l.days FROM buyer_limits l";

/// A column that says whether a limit is about a product, a variant or the shop, as they are called in the statement.
/// Where none is, there is nothing to look up.
pub fn is_limited(product: &str, variant: &str) -> String {
    format!(
        "COALESCE((SELECT 1 FROM buyer_limits b \
         WHERE COALESCE(b.product_id, b.variant_id, '') IN ({product}, {variant}, '') LIMIT 1), 0) \
         AS is_limited"
    )
}

/// Those that are about one of these lines.
async fn about(
    session: &mut impl Session,
    dialect: Dialect,
    lines: &[LimitedLine<'_>],
) -> Result<Vec<Limit>> {
    let products: BTreeSet<&str> = lines.iter().map(|line| line.product_id).collect();
    let variants: BTreeSet<&str> = lines.iter().map(|line| line.variant_id).collect();
    // The shop's has the key of no product, which its index finds.
    let mut sql = Sql::new(LIMITS);
    sql.push(" WHERE COALESCE(l.product_id, l.variant_id, '')")
        .among(dialect, products.into_iter().chain(variants).chain([""]))
        .push(" ORDER BY l.id");
    session.rows_as(sql).await
}

/// The limits on these lines with what counts of a buyer, for a cart. Nothing is locked.
pub async fn for_cart(
    session: &mut impl Session,
    dialect: Dialect,
    now: i64,
    account_id: Option<&str>,
    lines: &[LimitedLine<'_>],
) -> Result<(Limits, Buyer)> {
    let limits = about(session, dialect, lines).await?;
    let mut known = (Limits::default(), Buyer::default());
    if limits.is_empty() {
        return Ok(known);
    }
    if let Some(key) = facts::known(&mut *session, Fact::BuyerKey).await? {
        known.1 = Buyer::signed_in(&key, account_id)?;
    }
    let pairs = pairs(&limits, known.1.names());
    known.0 = Limits {
        used: used(session, dialect, now, &pairs).await?,
        limits,
    };
    Ok(known)
}

/// Someone who is placing an order.
pub struct Placing<'a> {
    pub order_id: &'a str,
    pub account_id: Option<&'a str>,
    pub contact: &'a Contact,
    pub lines: Vec<LimitedLine<'a>>,
}

/// What limits say of a batch of orders.
#[derive(Default)]
pub struct Turn {
    pub limits: Limits,
    /// By the order's id.
    pub buyers: BTreeMap<String, Buyer>,
}

/// Takes the turn of all who order, and reads what counts once it has it. Their variants are locked:
/// a change of a limit locks them, too, so what is read stays until the transaction ends.
pub async fn take_turn(
    tx: &mut impl Session,
    dialect: Dialect,
    now: i64,
    orders: &[Placing<'_>],
) -> Result<Turn> {
    let lines: Vec<LimitedLine<'_>> = orders
        .iter()
        .flat_map(|order| order.lines.clone())
        .collect();
    let limits = about(tx, dialect, &lines).await?;
    if limits.is_empty() {
        return Ok(Turn::default());
    }
    let key = facts::known(&mut *tx, Fact::BuyerKey).await?;
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
    turn.limits = Limits {
        used: turn_and_used(tx, dialect, now, &wanted).await?,
        limits,
    };
    Ok(turn)
}

/// The limits on these lines with what counts of one buyer, once it has its turn.
pub(super) async fn turn_of(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    lines: &[LimitedLine<'_>],
    buyer: &Buyer,
) -> Result<Limits> {
    let limits = about(tx, dialect, lines).await?;
    let pairs = pairs(&limits, buyer.names());
    Ok(Limits {
        used: turn_and_used(tx, dialect, now, &pairs).await?,
        limits,
    })
}

/// Notes for which attempt an order is counted under these names of a card. Whether it is counted at all.
pub(super) async fn note_card<'a>(
    tx: &mut Tx,
    (order_id, attempt): (&str, i64),
    names: impl Iterator<Item = &'a String>,
) -> Result<bool> {
    let mut noted = 0;
    for name in names {
        noted += sqlx::query(
            "UPDATE buyer_limit_uses SET of_attempt = $1 WHERE order_id = $2 AND buyer = $3",
        )
        .bind(attempt)
        .bind(order_id)
        .bind(name)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    }
    Ok(noted > 0)
}

/// Whether an order is counted for the card of this attempt to pay it.
pub(super) async fn counts_for_card(db: &Db, (order_id, attempt): (&str, i64)) -> Result<bool> {
    let counted =
        "SELECT 1 AS n FROM buyer_limit_uses WHERE order_id = $1 AND of_attempt = $2 LIMIT 1";
    let counted = sqlx::query(counted).bind(order_id).bind(attempt);
    Ok(counted.fetch_optional(db.reader()).await?.is_some())
}

/// Forgets that it is.
pub(super) async fn take_card_back(tx: &mut Tx, (order_id, attempt): (&str, i64)) -> Result<()> {
    sqlx::query("DELETE FROM buyer_limit_uses WHERE order_id = $1 AND of_attempt = $2")
        .bind(order_id)
        .bind(attempt)
        .execute(&mut **tx)
        .await?;
    Ok(())
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

fn of_pairs(pairs: &Pairs) -> Rows {
    let mut rows = Rows::default();
    rows.text("limit_id", pairs.iter().map(|(limit, _)| limit))
        .text("buyer", pairs.iter().map(|(_, buyer)| buyer));
    rows
}

/// Makes the rows that are missing and locks the others, in order.
fn lock(dialect: Dialect, now: i64, pairs: &Pairs) -> Sql {
    let mut sql = Sql::new(
        "INSERT INTO buyer_limit_turns (limit_id, buyer, at) SELECT t.limit_id, t.buyer, CAST(",
    );
    sql.int(now).push(" AS BIGINT) FROM ");
    sql.given(dialect, of_pairs(pairs)).push(
        " AS t WHERE true ORDER BY t.limit_id, t.buyer \
         ON CONFLICT (limit_id, buyer) DO UPDATE SET at = excluded.at",
    );
    sql
}

/// Units that count at this moment, by limit and buyer, once these have their turn.
async fn turn_and_used(
    tx: &mut impl Session,
    dialect: Dialect,
    now: i64,
    pairs: &Pairs,
) -> Result<BTreeMap<(String, String), i64>> {
    if pairs.is_empty() {
        return Ok(BTreeMap::new());
    }
    let turn = (dialect == Dialect::Postgres).then(|| lock(dialect, now, pairs));
    let statements = turn.into_iter().chain([used_of(dialect, now, pairs)]);
    let answers = tx.run(statements.collect()).await?;
    let used = answers.last().map(|used| used.rows.as_slice());
    told_used(used.unwrap_or_default())
}

async fn used(
    session: &mut impl Session,
    dialect: Dialect,
    now: i64,
    pairs: &Pairs,
) -> Result<BTreeMap<(String, String), i64>> {
    if pairs.is_empty() {
        return Ok(BTreeMap::new());
    }
    told_used(&session.rows(used_of(dialect, now, pairs)).await?)
}

/// A statement of its own: what others committed before the turn was had is seen.
fn used_of(dialect: Dialect, now: i64, pairs: &Pairs) -> Sql {
    let buyers: BTreeSet<&str> = pairs.iter().map(|(_, buyer)| buyer.as_str()).collect();
    let mut sql = Sql::new(
        "SELECT u.limit_id, u.buyer, CAST(SUM(u.units) AS BIGINT) AS units \
         FROM buyer_limit_uses u JOIN buyer_limits l ON l.id = u.limit_id JOIN ",
    );
    sql.given(dialect, of_pairs(pairs));
    sql.push(" AS t ON t.limit_id = u.limit_id AND t.buyer = u.buyer WHERE true")
        .and_among(dialect, "u.buyer", buyers);
    sql.push(" AND (l.days = 0 OR u.at > ")
        .int(now)
        .push(format!(" - l.days * {DAY}) GROUP BY u.limit_id, u.buyer"));
    sql
}

from_row!(Use {
    limit_id,
    buyer,
    units,
});

fn told_used<R: Columns>(rows: &[R]) -> Result<BTreeMap<(String, String), i64>> {
    rows.iter()
        .map(|row| {
            let used = Use::from_row(row)?;
            Ok(((used.limit_id, used.buyer), used.units))
        })
        .collect()
}

/// What an order uses up of a limit, and when it was placed.
pub struct OrderUse {
    pub order_id: String,
    pub at: i64,
    pub used: Use,
}

pub(super) async fn write(tx: &mut Tx, dialect: Dialect, taken: &[OrderUse]) -> Result<()> {
    if let Some(sql) = writing(dialect, taken) {
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Writes what orders count; nothing if they count nothing.
pub fn writing(dialect: Dialect, taken: &[OrderUse]) -> Option<Sql> {
    let mut rows = Rows::default();
    rows.text("buyer", taken.iter().map(|taken| &taken.used.buyer))
        .text("limit_id", taken.iter().map(|taken| &taken.used.limit_id))
        .text("order_id", taken.iter().map(|taken| &taken.order_id))
        .int("units", taken.iter().map(|taken| taken.used.units))
        .int("at", taken.iter().map(|taken| taken.at));
    (!rows.is_empty()).then(|| Sql::insert(dialect, "buyer_limit_uses", rows))
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

//! Carts that are looked at in the same moment are read together. One that comes by itself is read at once, by a
//! statement of its own; while reads are on their way, those who come collect for the next. None begins before it is
//! asked for, so each shopper sees all that was committed by then.
//!
//! A variant that is in many carts is read once. A cart and its variants are then read one after the other:
//! what is told of a line is as new as the cart, or newer.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use async_trait::async_trait;

use super::{
    draft::{CartRow, ROW},
    lines::Line,
    offers::SHELF,
    token::{is_token, key},
    view::{self, FilledCart, Found, GoodsRow, LineRow, goods},
};
use crate::{
    db::{Dialect, Sql, from_row},
    error::Result,
    sale::lines::Lines,
    store::Store,
    together::{Noted, Together, Work},
};

/// Reads carts.
#[derive(Clone)]
pub struct Reads {
    db: Store,
    filled: Together<Filled>,
    rows: Together<Rows>,
}

struct Filled {
    db: Store,
}

struct Rows {
    db: Store,
}

/// Which cart is read.
#[derive(Debug)]
struct Asked {
    token_hash: String,
    now: i64,
}

type Request = Arc<Asked>;

impl Asked {
    /// What a cart's token asks for; `None` if it names none.
    fn by(token: Option<&str>, now: i64) -> Option<(&str, Request)> {
        let token = token.filter(|token| is_token(token))?;
        let token_hash = key(token);
        Some((token, Arc::new(Self { token_hash, now })))
    }
}

impl Reads {
    pub fn new(db: Store) -> Self {
        Self {
            filled: Together::new(Filled { db: db.clone() }),
            rows: Together::new(Rows { db: db.clone() }),
            db,
        }
    }

    /// The cart of a token with what is in it; `None` if there is none or nothing in it.
    pub async fn filled(
        &self,
        now: i64,
        token: Option<&str>,
        currency: &str,
    ) -> Result<Option<FilledCart>> {
        let Some((token, asked)) = Asked::by(token, now) else {
            return Ok(None);
        };
        let Some(found) = self.filled.ask(asked).await? else {
            return Ok(None);
        };
        let filled = view::filled(&self.db, now, (token, currency), found);
        filled.await.map(Some)
    }

    /// The cart of a token, unless it has expired.
    pub async fn row(&self, now: i64, token: Option<&str>) -> Result<Option<CartRow>> {
        match Asked::by(token, now) {
            Some((_, asked)) => self.rows.ask(asked).await,
            None => Ok(None),
        }
    }
}

#[async_trait]
impl Work for Filled {
    type Request = Request;
    type Answer = Option<Found>;

    const UNDER_WAY: usize = 2;
    const NOTED: Noted = Noted::WithFirst;

    async fn all(&self, asked: Vec<Request>) -> Result<Vec<Result<Option<Found>>>> {
        match asked.as_slice() {
            [one] => Ok(vec![Ok(found(&self.db, one).await?)]),
            all => found_of_all(&self.db, all).await,
        }
    }
}

#[async_trait]
impl Work for Rows {
    type Request = Request;
    type Answer = Option<CartRow>;

    const UNDER_WAY: usize = 2;
    const NOTED: Noted = Noted::WithFirst;

    async fn all(&self, asked: Vec<Request>) -> Result<Vec<Result<Option<CartRow>>>> {
        if let [one] = asked.as_slice() {
            let mut row: Vec<CartRow> = self.db.look_by_key(row(one)).await?;
            return Ok(vec![Ok(row.pop())]);
        }
        let sql = rows(self.db.dialect(), &asked);
        let rows: Vec<Named> = self.db.look_by_key(sql).await?;
        let rows = rows.into_iter().map(|one| (one.token_hash, one.cart));
        let rows: BTreeMap<String, CartRow> = rows.collect();
        let row = |one: &Request| Ok(rows.get(&one.token_hash).cloned());
        Ok(asked.iter().map(row).collect())
    }
}

/// A cart and its lines with what there is of them now, in one statement.
fn statement(asked: &Asked) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT {ROW}, l.variant_id, l.quantity, l.unit_price_minor, l.title, l.variant_title, \
         {SHELF}, {} FROM carts c JOIN cart_lines l ON l.cart_id = c.id \
         LEFT JOIN variants v ON v.id = l.variant_id \
         LEFT JOIN products p ON p.id = v.product_id WHERE c.token_hash = ",
        goods("l.variant_id"),
    ));
    sql.text(&asked.token_hash)
        .push(" AND c.expires_at > ")
        .int(asked.now)
        .push(" ORDER BY l.added_at, l.variant_id");
    sql
}

/// A row of [`statement`].
struct RowOfCart {
    cart: CartRow,
    line: LineRow,
}

from_row!(RowOfCart {
    cart: row,
    line: row,
});

async fn found(db: &Store, asked: &Asked) -> Result<Option<Found>> {
    let rows: Vec<RowOfCart> = db.look_by_key(statement(asked)).await?;
    let Some(row) = rows.first().map(|first| first.cart.clone()) else {
        return Ok(None);
    };
    let lines: Vec<LineRow> = rows.into_iter().map(|row| row.line).collect();
    let named: Vec<&str> = lines.iter().filter_map(LineRow::in_drop).collect();
    let drops = Lines::looked_up(db, asked.now, &named).await?;
    Ok(Some(Found { row, lines, drops }))
}

/// A cart as it is stored.
struct Stored {
    token_hash: String,
    cart: CartRow,
    lines: Vec<Line>,
}

from_row!(Stored {
    token_hash,
    cart: row,
    lines: json,
});

/// What there is of a variant.
struct GoodsOf {
    variant_id: String,
    goods: GoodsRow,
}

from_row!(GoodsOf {
    variant_id,
    goods: row,
});

/// As [`found`] does it for one.
async fn found_of_all(db: &Store, asked: &[Request]) -> Result<Vec<Result<Option<Found>>>> {
    let dialect = db.dialect();
    let mut carts: Vec<Stored> = db.look_by_key(carts(dialect, asked)).await?;
    for cart in &mut carts {
        let lines = &mut cart.lines;
        lines.sort_by(|a, b| (a.added_at, &a.variant_id).cmp(&(b.added_at, &b.variant_id)));
    }
    let lines = carts.iter().flat_map(|cart| &cart.lines);
    let variants: BTreeSet<&str> = lines.map(|line| line.variant_id.as_str()).collect();
    if variants.is_empty() {
        return Ok(asked.iter().map(|_| Ok(None)).collect());
    }
    let there: Vec<GoodsOf> = db.look_by_key(variants_of(dialect, &variants)).await?;
    let there = there.into_iter().map(|one| (one.variant_id, one.goods));
    let there: BTreeMap<String, GoodsRow> = there.collect();
    let in_drops = there.iter().filter(|(_, goods)| goods.is_in_drop);
    let named: Vec<&str> = in_drops.map(|(id, _)| id.as_str()).collect();
    let drops = Lines::looked_up(db, latest(asked), &named).await?;

    let carts = carts.iter().map(|cart| (cart.token_hash.as_str(), cart));
    let carts: BTreeMap<&str, &Stored> = carts.collect();
    let found = |one: &Request| -> Option<Found> {
        let cart = carts.get(one.token_hash.as_str())?;
        if cart.lines.is_empty() {
            return None;
        }
        let line = |line: &Line| {
            // Of one that is gone there is nothing.
            let goods = there.get(&line.variant_id).cloned().unwrap_or_default();
            LineRow::new(line.clone(), goods)
        };
        let variants = cart.lines.iter().map(|line| line.variant_id.as_str());
        Some(Found {
            row: cart.cart.clone(),
            drops: drops.only(variants),
            lines: cart.lines.iter().map(line).collect(),
        })
    };
    Ok(asked.iter().map(|one| Ok(found(one))).collect())
}

/// The time of the one who asked last.
fn latest(asked: &[Request]) -> i64 {
    let times = asked.iter().map(|one| one.now);
    times.max().unwrap_or_default()
}

/// Ends the statement with which carts are meant.
fn meant(sql: &mut Sql, dialect: Dialect, asked: &[Request]) {
    let hashes: BTreeSet<&str> = asked.iter().map(|one| one.token_hash.as_str()).collect();
    sql.push(" FROM carts c WHERE c.token_hash");
    sql.among(dialect, hashes);
    sql.push(" AND c.expires_at > ").int(latest(asked));
}

fn carts(dialect: Dialect, asked: &[Request]) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(ROW).push(", c.token_hash, c.lines");
    meant(&mut sql, dialect, asked);
    sql
}

fn variants_of(dialect: Dialect, variants: &BTreeSet<&str>) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT v.id AS variant_id, {SHELF}, {} \
         FROM variants v LEFT JOIN products p ON p.id = v.product_id WHERE v.id",
        goods("v.id"),
    ));
    sql.among(dialect, variants);
    sql
}

/// A cart, without what is in it.
struct Named {
    token_hash: String,
    cart: CartRow,
}

from_row!(Named {
    token_hash,
    cart: row,
});

fn row(asked: &Asked) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(ROW).push(" FROM carts c WHERE c.token_hash = ");
    sql.text(&asked.token_hash);
    sql.push(" AND c.expires_at > ").int(asked.now);
    sql
}

fn rows(dialect: Dialect, asked: &[Request]) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(ROW).push(", c.token_hash");
    meant(&mut sql, dialect, asked);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn carts_and_what_is_in_them_are_looked_up() {
        let planner = Planner::new().await;
        let asked = ["a", "b"].map(|token_hash| {
            Arc::new(Asked {
                token_hash: token_hash.to_owned(),
                now: 1,
            })
        });
        let variants = BTreeSet::from(["v", "w"]);
        for (sql, row, index) in [
            (carts(Dialect::Sqlite, &asked), "c", "(token_hash=?)"),
            (rows(Dialect::Sqlite, &asked), "c", "(token_hash=?)"),
            (variants_of(Dialect::Sqlite, &variants), "v", "(id=?)"),
        ] {
            let steps = planner.by_index(sql, index).await;
            let looked_up = format!("SEARCH {row} USING INDEX");
            assert!(
                steps
                    .iter()
                    .any(|step| step.starts_with(&looked_up) && step.ends_with(index)),
                "{steps:#?}"
            );
        }
        planner.db.close().await;
    }
}

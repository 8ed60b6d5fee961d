//! Whether the books say the same of a drop: the ledger of units beside its lines and orders, and what came in of these
//! beside what is written of payments and what providers say.

use std::collections::{BTreeMap, BTreeSet};

use app::{checkout::types::TEST_CARD, drops::types::AdminDrop};
use desk::admin::{drops::ports::Books, payments::types::Difference};

use super::sold::Sold;
use crate::{
    db::{Sql, from_row},
    error::Result,
    store::Store,
};

/// Orders that are asked about at once.
const AT_ONCE: usize = 2_000;

struct Moved {
    variant_id: String,
    /// Of all movements together.
    all: i64,
    /// Handed over to orders.
    handed: i64,
}

from_row!(Moved {
    variant_id,
    all: "moved",
    handed,
});

/// What the ledger says of the drop. What is kept for those who wait leaves what is for sale, and is handed over once it
/// is ordered.
fn moved(id: &str) -> Sql {
    let mut sql = Sql::new(
        "SELECT e.variant_id, CAST(SUM(e.delta) AS BIGINT) AS moved, \
         CAST(COALESCE(SUM(CASE WHEN e.reason = 'drop' AND e.delta > 0 AND e.actor IS NULL THEN e.delta \
           WHEN e.reason = 'offer' AND (e.delta < 0 OR e.order_id IS NOT NULL) THEN e.delta END), 0) AS BIGINT) \
         AS handed FROM stock_entries e WHERE e.drop_id = ",
    );
    sql.text(id).push(" GROUP BY e.variant_id");
    sql
}

pub async fn ledger(db: &Store, drop: &AdminDrop, sold: &Sold) -> Result<Books> {
    let moved: Vec<Moved> = moved(&drop.id).fetch_all_as(db.reader()).await?;
    let moved: BTreeMap<&str, &Moved> = moved
        .iter()
        .map(|one| (one.variant_id.as_str(), one))
        .collect();
    let mut lines = drop.lines.iter().filter(|line| line.on_shelf.is_some());
    let are_set_aside = lines.all(|line| {
        let all = moved.get(line.variant_id.as_str()).map_or(0, |one| one.all);
        line.remaining + line.offered == -all
    });
    let are_handed_over = sold
        .taken()
        .into_iter()
        .all(|(variant, taken)| moved.get(variant).map_or(0, |one| one.handed) == taken);
    Ok(match are_set_aside && are_handed_over {
        true => Books::Agree,
        false => Books::Differ,
    })
}

struct Attempt {
    provider: String,
    /// Whether the order says another sum than the attempts.
    differs: i64,
}

from_row!(Attempt { provider, differs });

/// Of these orders, at which providers they were paid, and of how many the sums differ.
fn attempts(db: &Store, orders: &[&str]) -> Sql {
    let mut sql = Sql::new(
        "SELECT MIN(p.provider) AS provider, CAST(CASE WHEN SUM(p.captured_minor) <> MIN(o.captured_minor) \
         OR (SUM(p.captured_minor) > 0 AND SUM(p.refunded_minor) <> MIN(o.refunded_minor)) \
         THEN 1 ELSE 0 END AS BIGINT) AS differs FROM payment_attempts p JOIN orders o ON o.id = p.order_id \
         WHERE p.order_id",
    );
    sql.among(db.dialect(), orders).push(" GROUP BY p.order_id");
    sql
}

struct Compared {
    ended_at: Option<i64>,
    since: i64,
    differences: Vec<Difference>,
}

from_row!(Compared {
    ended_at,
    since,
    differences: json,
});

async fn compared(db: &Store, provider: &str) -> Result<Option<Compared>> {
    let mut sql =
        Sql::new("SELECT ended_at, since, differences FROM payment_comparisons WHERE provider = ");
    sql.text(provider);
    sql.fetch_optional_as(db.reader()).await
}

pub async fn payments(db: &Store, drop: &AdminDrop, sold: &Sold, ended_at: i64) -> Result<Books> {
    let orders = sold.ids();
    let ids: Vec<&str> = orders.iter().copied().collect();
    let mut providers = BTreeSet::new();
    for some in ids.chunks(AT_ONCE) {
        let attempts: Vec<Attempt> = attempts(db, some).fetch_all_as(db.reader()).await?;
        if attempts.iter().any(|one| one.differs != 0) {
            return Ok(Books::Differ);
        }
        providers.extend(attempts.into_iter().map(|one| one.provider));
    }
    // The test card has no books.
    providers.remove(TEST_CARD);
    let mut books = Books::Agree;
    for provider in providers {
        let Some(compared) = compared(db, &provider).await? else {
            books = Books::NotCompared;
            continue;
        };
        let is_of = |one: &Difference| {
            let order = one.order_id.as_deref();
            order.is_some_and(|id| orders.contains(id))
        };
        if compared.differences.iter().any(is_of) {
            return Ok(Books::Differ);
        }
        let is_later = compared.ended_at.is_some_and(|at| at >= ended_at);
        if !is_later || compared.since > drop.opens_at {
            books = Books::NotCompared;
        }
    }
    Ok(books)
}

//! Units that are kept for someone and are in a cart: only an order of that cart, by that mailbox, takes them.

use std::collections::BTreeMap;

use desk::admin::stock::types::MovementReason;

use crate::{
    db::{Dialect, Rows, Session, Sql, Tx, from_row, unindexed},
    error::{Error, Result},
    ids::new_id,
};

/// A unit that is kept for one mailbox until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub wait_id: String,
    pub drop_id: String,
    pub variant_id: String,
    pub mailbox: String,
    pub cart_id: String,
    pub until: i64,
}

from_row!(Offered {
    wait_id,
    drop_id,
    variant_id,
    mailbox,
    cart_id,
    until: "offered_until",
});

/// What is kept for these carts now. To order it, the variants are locked before.
pub async fn in_carts<'a>(
    session: &mut impl Session,
    dialect: Dialect,
    now: i64,
    cart_ids: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Offered>> {
    let mut sql = Sql::new(
        "SELECT id AS wait_id, drop_id, variant_id, mailbox, cart_id, offered_until FROM waits \
         WHERE state = 'offered' AND drop_id IS NOT NULL AND offered_until > ",
    );
    sql.int(now)
        .push(" AND cart_id")
        .among(dialect, cart_ids)
        .push(" ORDER BY seq, id");
    session.rows_as(sql).await
}

/// What is kept for a cart goes along when its lines go into another one, as at sign-in; both carts are locked.
pub async fn go_along(tx: &mut Tx, from: &str, to: &str) -> Result<()> {
    sqlx::query("UPDATE waits SET cart_id = $1 WHERE cart_id = $2 AND state = 'offered'")
        .bind(to)
        .bind(from)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// An order that takes a kept unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordered<'a> {
    pub order_id: &'a str,
    pub offered: &'a Offered,
    /// Whether anybody counts the variant's units: see `variants.tracked`.
    pub tracked: bool,
}

/// Hands kept units over, so that they are on the shelf for the orders that take them there in the same transaction.
pub struct Handing<'a> {
    ordered: &'a [Ordered<'a>],
}

impl<'a> Handing<'a> {
    pub fn new(ordered: &'a [Ordered<'a>]) -> Self {
        Self { ordered }
    }

    /// The first ends the offers: its condition repeats what was decided. None, if nothing that was kept is ordered.
    pub fn statements(&self, dialect: Dialect, now: i64) -> Vec<Sql> {
        if self.ordered.is_empty() {
            return Vec::new();
        }
        let mut statements = vec![self.end(dialect, now), self.out_of_drops(dialect)];
        let tracked = self.units(|one| one.tracked);
        if !tracked.is_empty() {
            statements.extend([to_shelf(dialect, &tracked), self.entries(dialect, now)]);
        }
        statements
    }

    /// Units by drop and variant.
    fn units(&self, of: impl Fn(&Ordered<'_>) -> bool) -> BTreeMap<(&'a str, &'a str), i64> {
        let mut units = BTreeMap::new();
        for one in self.ordered.iter().filter(|one| of(one)) {
            let key = (
                one.offered.drop_id.as_str(),
                one.offered.variant_id.as_str(),
            );
            *units.entry(key).or_default() += 1;
        }
        units
    }

    fn end(&self, dialect: Dialect, now: i64) -> Sql {
        let all = || self.ordered.iter();
        let mut rows = Rows::default();
        rows.text("wait_id", all().map(|one| &one.offered.wait_id))
            .text("ordered", all().map(|one| one.order_id));
        let mut sql =
            Sql::new("UPDATE waits SET state = 'ordered', offered_until = NULL, state_at = ");
        sql.int(now)
            .push(", order_id = t.ordered FROM ")
            .given(dialect, rows)
            .push(concat!(
                " AS t WHERE waits.id = t.wait_id AND ",
                unindexed!("waits.state"),
                " = 'offered'",
            ))
            .and_among(dialect, "waits.id", all().map(|one| &one.offered.wait_id));
        sql
    }

    fn out_of_drops(&self, dialect: Dialect) -> Sql {
        let units = self.units(|_| true);
        let mut rows = Rows::default();
        rows.text("drop_id", units.keys().map(|(drop_id, _)| drop_id))
            .text("variant_id", units.keys().map(|(_, variant_id)| variant_id))
            .int("units", units.values().copied());
        let mut sql = Sql::new("UPDATE drop_lines SET offered = offered - t.units FROM ");
        sql.given(dialect, rows).push(
            " AS t WHERE drop_lines.drop_id = t.drop_id AND drop_lines.variant_id = t.variant_id",
        );
        sql
    }

    /// Each names its order, by which what was handed over is told from what was passed on.
    fn entries(&self, dialect: Dialect, now: i64) -> Sql {
        let all = || self.ordered.iter().filter(|one| one.tracked);
        let mut rows = Rows::default();
        rows.text("id", all().map(|_| new_id()))
            .text("variant_id", all().map(|one| &one.offered.variant_id))
            .int("delta", all().map(|_| 1))
            .text("reason", all().map(|_| MovementReason::Offer.as_str()))
            .text("order_id", all().map(|one| one.order_id))
            .text("drop_id", all().map(|one| &one.offered.drop_id))
            .int("created_at", all().map(|_| now));
        Sql::insert(dialect, "stock_entries", rows)
    }

    /// Whether the offers that were ended are all that something was granted by.
    pub fn check(&self, changed: u64) -> Result<()> {
        let granted = self.ordered.len();
        match granted == 0 || changed == granted as u64 {
            true => Ok(()),
            false => Err(Error::Invariant(format!(
                "{granted} kept units were granted, {changed} were there"
            ))),
        }
    }
}

fn to_shelf(dialect: Dialect, units: &BTreeMap<(&str, &str), i64>) -> Sql {
    let mut rows = Rows::default();
    rows.text("variant_id", units.keys().map(|(_, variant_id)| variant_id))
        .int("units", units.values().copied());
    let mut sql = Sql::new("UPDATE variants SET stock = stock + t.units FROM ");
    sql.given(dialect, rows)
        .push(" AS t WHERE variants.id = t.variant_id")
        .and_among(
            dialect,
            "variants.id",
            units.keys().map(|(_, variant_id)| variant_id),
        );
    sql
}

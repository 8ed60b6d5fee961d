//! Writing what a batch was granted.

use std::collections::BTreeMap;

use app::{catalog::types::Units, orders::payment::PaymentStatus};

use super::{
    batch::Intent,
    decide::{CartItem, Grant, VariantState},
    naming::Names,
    order_rows::order_rows,
    place::Batch,
    snapshot::BatchSnapshot,
};
use crate::{
    catalog::write::refreshing,
    db::{Dialect, Rows, Sql},
    error::{Error, Result},
    ids::{new_checkout_key, new_id},
    payment::Settlement,
    store::ChangeSet,
    text::search_key,
};

/// The units that were granted, to be taken.
pub(super) struct Taking {
    units: Vec<(String, i64)>,
    pub changes: ChangeSet,
}

impl Taking {
    /// What is less in the snapshot than there was `before`, and what was kept for buyers, by variant.
    pub fn new(
        snapshot: &BatchSnapshot,
        before: &BTreeMap<String, i64>,
        kept: &BTreeMap<&str, i64>,
    ) -> Self {
        let mut units = Vec::new();
        let mut changes = ChangeSet::default();
        let word = |units: Units| units.availability(snapshot.low_stock);
        for (id, variant) in &snapshot.variants {
            let kept = kept.get(id.as_str()).copied().unwrap_or_default();
            let taken = before[id] - variant.stock + kept;
            if taken > 0 {
                units.push((id.clone(), taken));
                changes.stock(id);
                if word(variant.units(before[id])) != word(variant.units(variant.stock)) {
                    changes.product(&variant.product_id, &variant.slug);
                }
            }
        }
        Self { units, changes }
    }

    /// The first takes the units. Its condition repeats what was decided: if the lock did not do its
    /// work, the batch fails instead of selling what is not there.
    pub fn statements(&self, dialect: Dialect) -> Vec<Sql> {
        let mut rows = Rows::default();
        rows.text("variant_id", self.units.iter().map(|(id, _)| id))
            .int("units", self.units.iter().map(|(_, units)| *units));
        let mut sql = Sql::new(
            "UPDATE variants SET sold = sold + t.units, \
             stock = stock - CASE WHEN tracked = 1 THEN t.units ELSE 0 END FROM ",
        );
        sql.given(dialect, rows).push(
            " AS t WHERE variants.id = t.variant_id AND variants.available >= t.units AND EXISTS \
             (SELECT 1 FROM products p WHERE p.id = variants.product_id AND p.active = 1)",
        );
        let ids = self.units.iter().map(|(id, _)| id);
        sql.and_among(dialect, "variants.id", ids);
        let mut statements = vec![sql];
        if !self.changes.products().is_empty() {
            let ids: Vec<String> = self.changes.products().iter().cloned().collect();
            statements.extend(refreshing(dialect, &ids));
        }
        statements
    }

    /// Whether the units of so many variants were all that were granted.
    pub fn check(&self, changed: u64) -> Result<()> {
        let granted = self.units.len();
        match changed == granted as u64 {
            true => Ok(()),
            false => Err(Error::Invariant(format!(
                "stock for {granted} variants was granted, for {changed} it was there"
            ))),
        }
    }
}

/// The statements that write the orders, each with its lines, and end their carts.
pub(super) fn write_orders(
    batch: Batch<'_>,
    snapshot: &BatchSnapshot,
    granted: &[(&Intent, Grant)],
    names: &Names,
) -> Vec<Sql> {
    let Batch { dialect, now, .. } = batch;
    let orders = order_rows(now, &snapshot.currency, granted);
    let mut statements = vec![
        Sql::insert(dialect, "orders", orders),
        Sql::insert(
            dialect,
            "order_lines",
            line_rows(now, &snapshot.variants, granted, names),
        ),
    ];
    let attempts = attempt_rows(now, granted);
    if !attempts.is_empty() {
        statements.push(Sql::insert(dialect, "payment_attempts", attempts));
    }
    let fresh = |intent: &Intent| match intent.settlement {
        Settlement::OnDelivery | Settlement::Transfer => None,
        Settlement::Online => Some(new_checkout_key()),
    };
    let ended = granted.iter();
    let ended = ended.map(|(intent, grant)| (grant.cart_id.as_str(), fresh(intent)));
    statements.push(end_carts(dialect, &ended.collect::<Vec<_>>()));
    statements
}

/// A line of a new order.
struct Line<'a> {
    order_id: &'a str,
    position: i64,
    item: &'a CartItem,
    variant: &'a VariantState,
    title: &'a str,
    variant_title: &'a str,
}

fn line_rows(
    now: i64,
    variants: &BTreeMap<String, VariantState>,
    granted: &[(&Intent, Grant)],
    names: &Names,
) -> Rows {
    let mut lines = Vec::new();
    for (intent, grant) in granted {
        let names = intent.names.and_then(|language| names.get(&language));
        for (position, item) in (0..).zip(&grant.items) {
            let Some(variant) = variants.get(&item.variant_id) else {
                continue;
            };
            let name = names.and_then(|names| names.get(&item.variant_id));
            let (title, variant_title) = match name {
                Some(name) => (&name.title, &name.variant_title),
                None => (&variant.title, &variant.variant_title),
            };
            lines.push(Line {
                order_id: &intent.order_id,
                position,
                item,
                variant,
                title,
                variant_title,
            });
        }
    }
    let all = || lines.iter();
    let mut rows = Rows::default();
    rows.text("order_id", all().map(|line| line.order_id))
        .int("position", all().map(|line| line.position))
        .text("variant_id", all().map(|line| &line.item.variant_id))
        .maybe_text("drop_id", all().map(|line| line.variant.source.drop_id()))
        .text("product_slug", all().map(|line| &line.variant.slug))
        .text("title", all().map(|line| line.title))
        .text("variant_title", all().map(|line| line.variant_title))
        .text("sku", all().map(|line| &line.variant.sku))
        .maybe_text(
            "picture_src",
            all().map(|line| line.variant.picture_src.as_ref()),
        )
        .int(
            "unit_price_minor",
            all().map(|line| line.variant.price_minor),
        )
        .int("quantity", all().map(|line| line.item.quantity))
        .int(
            "taken",
            all().map(|line| match line.variant.tracked {
                true => line.item.quantity,
                false => 0,
            }),
        )
        .text(
            "search_key",
            all().map(|line| search_key(&[line.title, &line.variant.sku])),
        )
        .int("created_at", all().map(|_| now));
    rows
}

/// A try to be paid, of each order that is not paid at the door.
fn attempt_rows(now: i64, granted: &[(&Intent, Grant)]) -> Rows {
    let all = || {
        let granted = granted.iter();
        granted.filter(|(intent, _)| intent.settlement != Settlement::OnDelivery)
    };
    let mut rows = Rows::default();
    rows.text("id", all().map(|_| new_id()))
        .text("order_id", all().map(|(intent, _)| &intent.order_id))
        .text("provider", all().map(|(intent, _)| intent.method))
        .text("status", all().map(|_| PaymentStatus::Pending.as_str()))
        .int(
            "amount_minor",
            all().map(|(_, grant)| grant.totals.total_minor),
        )
        .text("token", all().map(|(_, grant)| &grant.payment.token))
        .int("created_at", all().map(|_| now))
        .int("updated_at", all().map(|_| now));
    rows
}

/// The carts are empty now. What was typed is kept until the order is paid, so that after a
/// declined card nobody types it again; the cart's next order gets the fresh key. No indexed column is written, so
/// the rows are changed in place.
fn end_carts(dialect: Dialect, ended: &[(&str, Option<String>)]) -> Sql {
    let ids = || ended.iter().map(|(id, _)| *id);
    if ended.iter().all(|(_, fresh)| fresh.is_none()) {
        let mut sql = Sql::new(
            "UPDATE carts SET lines = '[]', checkout_key = NULL, draft = NULL, draft_at = NULL \
             WHERE id",
        );
        sql.among(dialect, ids());
        return sql;
    }
    let fresh = ended.iter().map(|(_, fresh)| fresh.as_ref());
    let mut rows = Rows::default();
    rows.text("cart", ids()).maybe_text("fresh", fresh);
    let mut sql = Sql::new(
        "UPDATE carts SET lines = '[]', \
         checkout_key = CASE WHEN draft IS NOT NULL THEN t.fresh END, \
         draft = CASE WHEN t.fresh IS NOT NULL THEN draft END, \
         draft_at = CASE WHEN t.fresh IS NOT NULL THEN draft_at END FROM ",
    );
    sql.given(dialect, rows)
        .push(" AS t WHERE carts.id = t.cart")
        .and_among(dialect, "carts.id", ids());
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn carts_and_variants_of_a_batch_are_looked_up_one_by_one() {
        let planner = Planner::new().await;
        let dialect = planner.db.dialect();
        let carts = end_carts(dialect, &[("one", Some("key".to_owned())), ("two", None)]);
        planner.begins_with_given(carts, "carts").await;
        let taking = Taking {
            units: vec![("lamp".to_owned(), 2), ("rope".to_owned(), 1)],
            changes: ChangeSet::default(),
        };
        for sql in taking.statements(dialect) {
            planner.begins_with_given(sql, "variants").await;
        }
        planner.db.close().await;
    }
}

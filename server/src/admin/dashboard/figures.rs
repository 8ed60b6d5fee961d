//! The figures: every query reads a range of an index, as long as the time it is about.

use app::{catalog::types::variant_title, shop::ShopSettings};
use desk::admin::dashboard::ports::{Bucket, Figures, LowVariant, Period, TopProduct};
use serde_json::json;
use sqlx::any::AnyRow;

use super::days::{Calendar, Stretch};
use crate::{
    cart::check::line_title,
    db::{Column, FromRow, Get, Sql, from_row},
    error::Result,
    store::Store,
};

/// Products and variants that are named.
const NAMED: i64 = 8;
/// Orders that count: their money came in, or is due at the door.
const COUNTS: &str = "o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled')";

/// What is asked for.
struct FiguresQuery<'a> {
    db: &'a Store,
    from: i64,
    until: i64,
    /// The stretches as JSON, for a table of the query.
    stretches: String,
    currency: &'a str,
}

pub async fn figures(
    db: &Store,
    now: i64,
    settings: &ShopSettings,
    period: Period,
) -> Result<Figures> {
    let calendar = Calendar::of(now, &settings.time_zone, period)?;
    let stretches = calendar.stretches()?;
    let asked = FiguresQuery::of(db, &stretches, now, &settings.currency);
    let buckets = asked.buckets(stretches).await?;
    let before = calendar.before()?;
    let before = vec![Stretch {
        from: before.start,
        until: before.end,
        label: String::new(),
    }];
    let then = FiguresQuery::of(db, &before, now, &settings.currency);
    let before = then.buckets(before).await?.pop().unwrap_or_default();
    let money = asked.money().fetch_one(db.reader()).await?;
    let standing = asked.standing().fetch_one(db.reader()).await?;
    let open_carts = asked.open_carts().fetch_one(db.reader()).await?;
    let top = asked.top().fetch_all_as(db.reader()).await?;
    let mut low: Vec<LowVariant> = low(settings.low_stock).fetch_all_as(db.reader()).await?;
    let more_low = low.len() > NAMED as usize;
    low.truncate(NAMED as usize);
    Ok(Figures {
        currency: settings.currency.clone(),
        time_zone: settings.time_zone.clone(),
        received_minor: money.int("received")?,
        to_collect_minor: money.int("to_collect")?,
        other_currencies: standing.int("others")?,
        standing: standing.int("n")?,
        open_carts: open_carts.int("n")?,
        top,
        low,
        more_low,
        low_stock: settings.low_stock,
        unit: period.unit(),
        buckets,
        before,
    })
}

/// What was ordered in a stretch.
struct Sold {
    place: i64,
    orders: i64,
    gross: i64,
    units: i64,
}

from_row!(Sold {
    place,
    orders,
    gross,
    units
});

/// What went back in a stretch.
struct Back {
    place: i64,
    refunds: i64,
    refunded: i64,
}

from_row!(Back {
    place,
    refunds,
    refunded
});

fn as_rows(stretches: &[Stretch]) -> String {
    let rows: Vec<_> = stretches
        .iter()
        .enumerate()
        .map(|(at, stretch)| json!({ "place": at, "begins": stretch.from, "ends": stretch.until }))
        .collect();
    json!(rows).to_string()
}

impl<'a> FiguresQuery<'a> {
    /// `now` stands for the time of no stretch at all.
    fn of(db: &'a Store, stretches: &[Stretch], now: i64, currency: &'a str) -> Self {
        Self {
            db,
            from: stretches.first().map_or(now, |first| first.from),
            until: stretches.last().map_or(now, |last| last.until),
            stretches: as_rows(stretches),
            currency,
        }
    }

    /// What was sold and what went back in each of the stretches.
    async fn buckets(&self, stretches: Vec<Stretch>) -> Result<Vec<Bucket>> {
        let mut buckets: Vec<Bucket> = stretches
            .into_iter()
            .map(|stretch| Bucket {
                label: stretch.label,
                ..Bucket::default()
            })
            .collect();
        let at = |place: i64| usize::try_from(place).unwrap_or(usize::MAX);
        let reader = self.db.reader();
        for sold in self.orders().fetch_all_as::<Sold>(reader).await? {
            if let Some(bucket) = buckets.get_mut(at(sold.place)) {
                bucket.orders = sold.orders;
                bucket.gross_minor = sold.gross;
                bucket.units = sold.units;
            }
        }
        for back in self.refunds().fetch_all_as::<Back>(reader).await? {
            if let Some(bucket) = buckets.get_mut(at(back.place)) {
                bucket.refunds = back.refunds;
                bucket.refunded_minor = back.refunded;
            }
        }
        Ok(buckets)
    }

    /// ` FROM` the stretches as `b`, the first parameter.
    fn stretches(&self, sql: &mut Sql) {
        let columns = [
            ("place", Column::Int),
            ("begins", Column::Int),
            ("ends", Column::Int),
        ];
        let rows = self.db.dialect().rows(sql.next(), &columns);
        sql.push(format!(" FROM {rows} AS b"));
        sql.bind(self.stretches.clone());
    }

    /// The whole time, so that an index is read in this range alone.
    fn within(&self, sql: &mut Sql, column: &str) {
        sql.push(format!(" {column} >= ")).int(self.from);
        sql.push(format!(" AND {column} < ")).int(self.until);
    }

    fn orders(&self) -> Sql {
        let mut sql = Sql::new(
            "SELECT b.place, COUNT(*) AS orders, CAST(SUM(o.total_minor) AS BIGINT) AS gross, \
             CAST(SUM(o.units) AS BIGINT) AS units",
        );
        self.stretches(&mut sql);
        sql.push(" JOIN orders o ON o.created_at >= b.begins AND o.created_at < b.ends WHERE ")
            .push(COUNTS)
            .push(" AND");
        self.within(&mut sql, "o.created_at");
        sql.push(" AND o.currency = ").text(self.currency);
        sql.push(" GROUP BY b.place");
        sql
    }

    /// What came in, apart from what is to be collected at doors.
    fn money(&self) -> Sql {
        let mut sql = Sql::new(
            "SELECT CAST(COALESCE(SUM(o.captured_minor), 0) AS BIGINT) AS received, \
             CAST(COALESCE(SUM(CASE WHEN o.payment_status = 'due' \
               THEN o.total_minor - o.refunded_minor END), 0) AS BIGINT) AS to_collect \
             FROM orders o WHERE ",
        );
        sql.push(COUNTS).push(" AND");
        self.within(&mut sql, "o.created_at");
        sql.push(" AND o.currency = ").text(self.currency);
        sql
    }

    /// A cancelled order does not count in the first place, so what went back for it does not.
    fn refunds(&self) -> Sql {
        let mut sql = Sql::new(
            "SELECT b.place, COUNT(*) AS refunds, CAST(SUM(r.amount_minor) AS BIGINT) AS refunded",
        );
        self.stretches(&mut sql);
        sql.push(
            " JOIN refunds r ON r.created_at >= b.begins AND r.created_at < b.ends \
             JOIN orders o ON o.id = r.order_id WHERE r.cause = 'staff' AND",
        );
        self.within(&mut sql, "r.created_at");
        sql.push(" AND o.currency = ").text(self.currency);
        sql.push(" GROUP BY b.place");
        sql
    }

    /// Orders that stand, in any currency, and those that are in another one.
    fn standing(&self) -> Sql {
        let mut sql = Sql::new("SELECT COUNT(*) AS n, COUNT(CASE WHEN o.currency <> ");
        sql.text(self.currency)
            .push(" THEN 1 END) AS others FROM orders o WHERE o.status <> 'cancelled' AND");
        self.within(&mut sql, "o.created_at");
        sql
    }

    fn open_carts(&self) -> Sql {
        let mut sql = Sql::new("SELECT COUNT(*) AS n FROM carts WHERE");
        self.within(&mut sql, "lines_at");
        sql.push(" AND lines <> '[]' AND is_copy = 0");
        sql
    }

    fn top(&self) -> Sql {
        let mut sql = Sql::new(
            "SELECT v.product_id, MAX(l.title) AS title, CAST(SUM(l.quantity) AS BIGINT) AS units, \
             CAST(SUM(l.quantity * l.unit_price_minor) AS BIGINT) AS amount \
             FROM orders o JOIN order_lines l ON l.order_id = o.id \
             LEFT JOIN variants v ON v.id = l.variant_id WHERE ",
        );
        sql.push(COUNTS).push(" AND");
        self.within(&mut sql, "o.created_at");
        sql.push(" AND o.currency = ").text(self.currency);
        // What is gone is told apart by the address it had.
        sql.push(
            " GROUP BY v.product_id, CASE WHEN v.product_id IS NULL THEN l.product_slug END \
             ORDER BY units DESC, title LIMIT ",
        );
        sql.int(NAMED);
        sql
    }
}

from_row!(TopProduct {
    product_id,
    title,
    units,
    amount_minor: "amount",
});

/// One more than are named, to know whether there are more.
fn low(threshold: i64) -> Sql {
    // The second condition is the index's; CROSS JOIN makes SQLite begin with it.
    let mut sql = Sql::new(
        "SELECT v.id, v.stock, v.option1, v.option2, v.option3, p.title FROM variants v \
         CROSS JOIN products p WHERE p.id = v.product_id AND v.tracked = 1 AND v.stock <= ",
    );
    sql.int(threshold);
    sql.push(" AND v.stock <= 1000 AND p.active = 1 ORDER BY v.stock, v.id LIMIT ")
        .int(NAMED + 1);
    sql
}

impl FromRow for LowVariant {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            variant_id: row.text("id")?,
            title: line_title(&row.text("title")?, &variant_title(&row.options()?)),
            stock: row.int("stock")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use desk::admin::dashboard::ports::Span;

    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn every_query_reads_ranges_of_indexes() {
        let planner = Planner::new().await;
        let db = Store::from(planner.db.clone());
        let calendar = Calendar::of(0, "UTC", Span::Month.into()).unwrap();
        let stretches = calendar.stretches().unwrap();
        let asked = FiguresQuery {
            db: &db,
            from: 1,
            until: 2,
            stretches: as_rows(&stretches),
            currency: "EUR",
        };
        for (query, index) in [
            (
                asked.orders(),
                "orders_newest (created_at>? AND created_at<?)",
            ),
            (
                asked.refunds(),
                "refunds_newest (created_at>? AND created_at<?)",
            ),
            (
                asked.money(),
                "orders_newest (created_at>? AND created_at<?)",
            ),
            (
                asked.standing(),
                "orders_newest (created_at>? AND created_at<?)",
            ),
            (
                asked.open_carts(),
                "carts_filled (lines_at>? AND lines_at<?)",
            ),
            (asked.top(), "orders_newest (created_at>? AND created_at<?)"),
            (low(5), "variants_low (stock<?)"),
        ] {
            let steps = planner.by_index(query, index).await;
            // The stretches themselves are the one thing read from end to end.
            let scans = |step: &String| step.starts_with("SCAN") && !step.contains("json_each");
            assert!(!steps.iter().any(scans), "{index}: {steps:#?}");
        }
        db.close().await;
    }
}

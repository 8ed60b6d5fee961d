//! The figures: every query reads a range of an index, as long as the time it is about.

use std::collections::BTreeMap;

use app::{
    catalog::types::variant_title,
    dashboard::ports::{Bucket, Figures, LowVariant, Span, TopProduct},
    ports::ShopSettings,
};
use serde_json::json;
use sqlx::any::AnyRow;

use super::days::{Stretch, stretches};
use crate::{
    cart::check::line_title,
    db::{Column, Db, Get, Sql},
    error::Result,
};

/// Products and variants that are named.
const NAMED: i64 = 8;
/// Orders that count: their money came in, or is due at the door.
const COUNTS: &str = "o.status NOT IN ('pending_payment', 'cancelled')";

/// What is asked for.
struct Asked<'a> {
    db: &'a Db,
    from: i64,
    until: i64,
    /// The stretches as JSON, for a table of the query.
    stretches: String,
    currency: &'a str,
}

pub async fn figures(db: &Db, now: i64, settings: &ShopSettings, span: Span) -> Result<Figures> {
    let stretches = stretches(now, &settings.time_zone, span)?;
    let asked = Asked {
        db,
        from: stretches.first().map_or(now, |first| first.from),
        until: stretches.last().map_or(now, |last| last.until),
        stretches: as_rows(&stretches),
        currency: &settings.currency,
    };
    let mut buckets: Vec<Bucket> = stretches
        .into_iter()
        .map(|stretch| Bucket {
            label: stretch.label,
            ..Bucket::default()
        })
        .collect();
    for (at, row) in asked.orders().await? {
        if let Some(bucket) = buckets.get_mut(at) {
            bucket.orders = row.int("orders")?;
            bucket.gross_minor = row.int("gross")?;
            bucket.units = row.int("units")?;
        }
    }
    for (at, row) in asked.refunds().await? {
        if let Some(bucket) = buckets.get_mut(at) {
            bucket.refunds = row.int("refunds")?;
            bucket.refunded_minor = row.int("refunded")?;
        }
    }
    let (standing, other_currencies) = asked.standing().await?;
    let mut low = low(db, settings.low_stock).await?;
    let more_low = low.len() > NAMED as usize;
    low.truncate(NAMED as usize);
    Ok(Figures {
        currency: settings.currency.clone(),
        time_zone: settings.time_zone.clone(),
        other_currencies,
        standing,
        open_carts: asked.open_carts().await?,
        top: asked.top().await?,
        low,
        more_low,
        low_stock: settings.low_stock,
        buckets,
    })
}

fn as_rows(stretches: &[Stretch]) -> String {
    let rows: Vec<_> = stretches
        .iter()
        .enumerate()
        .map(|(at, stretch)| json!({ "place": at, "begins": stretch.from, "ends": stretch.until }))
        .collect();
    json!(rows).to_string()
}

impl Asked<'_> {
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

    async fn by_place(&self, sql: Sql) -> Result<BTreeMap<usize, AnyRow>> {
        let rows = sql.fetch_all(self.db.reader()).await?;
        rows.into_iter()
            .map(|row| {
                Ok((
                    usize::try_from(row.int("place")?).unwrap_or(usize::MAX),
                    row,
                ))
            })
            .collect()
    }

    async fn orders(&self) -> Result<BTreeMap<usize, AnyRow>> {
        let mut sql = Sql::new(
            "SELECT b.place, COUNT(*) AS orders, CAST(SUM(o.total_minor) AS BIGINT) AS gross, \
             CAST(SUM((SELECT SUM(l.quantity) FROM order_lines l WHERE l.order_id = o.id)) AS BIGINT) \
             AS units",
        );
        self.stretches(&mut sql);
        sql.push(" JOIN orders o ON o.created_at >= b.begins AND o.created_at < b.ends WHERE ")
            .push(COUNTS)
            .push(" AND");
        self.within(&mut sql, "o.created_at");
        sql.push(" AND o.currency = ").text(self.currency);
        sql.push(" GROUP BY b.place");
        self.by_place(sql).await
    }

    /// A cancelled order does not count in the first place, so what went back for it does not.
    async fn refunds(&self) -> Result<BTreeMap<usize, AnyRow>> {
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
        self.by_place(sql).await
    }

    /// Orders that stand, in any currency, and those that are in another one.
    async fn standing(&self) -> Result<(i64, i64)> {
        let mut sql = Sql::new("SELECT COUNT(*) AS n, COUNT(CASE WHEN o.currency <> ");
        sql.text(self.currency)
            .push(" THEN 1 END) AS others FROM orders o WHERE o.status <> 'cancelled' AND");
        self.within(&mut sql, "o.created_at");
        let row = sql.fetch_one(self.db.reader()).await?;
        Ok((row.int("n")?, row.int("others")?))
    }

    async fn open_carts(&self) -> Result<i64> {
        let mut sql = Sql::new("SELECT COUNT(DISTINCT cart_id) AS n FROM cart_lines WHERE");
        self.within(&mut sql, "added_at");
        sql.fetch_one(self.db.reader()).await?.int("n")
    }

    async fn top(&self) -> Result<Vec<TopProduct>> {
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
        let rows = sql.fetch_all(self.db.reader()).await?;
        rows.iter()
            .map(|row| {
                Ok(TopProduct {
                    product_id: row.maybe_text("product_id")?,
                    title: row.text("title")?,
                    units: row.int("units")?,
                    amount_minor: row.int("amount")?,
                })
            })
            .collect()
    }
}

/// One more than are named, to know whether there are more.
async fn low(db: &Db, threshold: i64) -> Result<Vec<LowVariant>> {
    // The second condition is the index's.
    let mut sql = Sql::new(
        "SELECT v.id, v.stock, v.option1, v.option2, v.option3, p.title FROM variants v \
         JOIN products p ON p.id = v.product_id WHERE v.stock <= ",
    );
    sql.int(threshold);
    sql.push(" AND v.stock <= 1000 AND p.active = 1 ORDER BY v.stock, v.id LIMIT ")
        .int(NAMED + 1);
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            let mut options = Vec::new();
            for column in ["option1", "option2", "option3"] {
                options.extend(Some(row.text(column)?).filter(|value| !value.is_empty()));
            }
            Ok(LowVariant {
                variant_id: row.text("id")?,
                title: line_title(&row.text("title")?, &variant_title(&options)),
                stock: row.int("stock")?,
            })
        })
        .collect()
}

//! The figures: every query reads a range of an index, as long as the time it is about. Of orders it reads
//! sums, so that it does not matter how many there were.

use app::shop::ShopSettings;
use desk::admin::dashboard::ports::{Bucket, Earlier, Figures, LowVariant, Period, TopProduct};
use serde_json::json;

use super::{
    Named, carts,
    days::{Calendar, Stretch},
};
use crate::{
    admin::fetched::{self, Fetched},
    db::{Column, Dialect, Sql, from_row},
    error::Result,
    orders::sums::{self, DAY, MINUTE, Piece, QUARTER},
    store::Store,
};

/// Products and variants that are named.
const NAMED: i64 = 8;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What is asked for.
struct FiguresQuery<'a> {
    db: &'a Store,
    from: i64,
    until: i64,
    stretches: &'a [Stretch],
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
    let sums: Vec<Sums> = asked.sums()?.fetch_all_as(db.reader()).await?;
    let (before, earlier) = before(db, now, &calendar, settings).await?;
    let open_carts = carts::open_carts(db, asked.from, asked.until).await?;
    let top = fetched::all(asked.top()?.fetch_all_as(db.reader()).await?);
    let low: Vec<Low> = low(settings.low_stock).fetch_all_as(db.reader()).await?;
    let more_low = low.len() > NAMED as usize;
    let low = low.into_iter().take(NAMED as usize).map(LowVariant::from);
    let sum = |of: fn(&Sums) -> i64| -> i64 { sums.iter().map(of).sum() };
    Ok(Figures {
        currency: settings.currency.clone(),
        time_zone: settings.time_zone.clone(),
        received_minor: sum(|sums| sums.received),
        to_collect_minor: sum(|sums| sums.to_collect),
        other_currencies: sum(|sums| sums.others),
        standing: sum(|sums| sums.standing),
        open_carts: open_carts.count,
        carts_are_estimated: open_carts.is_estimate,
        top,
        low: low.collect(),
        more_low,
        low_stock: settings.low_stock,
        unit: period.unit(),
        buckets: buckets(&stretches, &sums),
        before,
        earlier,
    })
}

/// The time right before, to the minute.
async fn before(
    db: &Store,
    now: i64,
    calendar: &Calendar,
    settings: &ShopSettings,
) -> Result<(Bucket, Earlier)> {
    let before = calendar.before()?;
    let before = [Stretch {
        from: before.start,
        until: before.end - before.end.rem_euclid(MINUTE),
        label: String::new(),
    }];
    let then = FiguresQuery::of(db, &before, now, &settings.currency);
    let sums: Vec<Sums> = then.sums()?.fetch_all_as(db.reader()).await?;
    let open_carts = match then.from >= now - settings.cart_days * DAY_MS {
        true => Some(carts::open_carts(db, then.from, then.until).await?.count),
        false => None,
    };
    let sum = |of: fn(&Sums) -> i64| -> i64 { sums.iter().map(of).sum() };
    let earlier = Earlier {
        received_minor: sum(|sums| sums.received),
        to_collect_minor: sum(|sums| sums.to_collect),
        standing: sum(|sums| sums.standing),
        open_carts,
    };
    let bucket = buckets(&before, &sums).pop();
    Ok((bucket.unwrap_or_default(), earlier))
}

/// What the orders of a stretch come to, and what went back in it.
struct Sums {
    place: i64,
    orders: i64,
    gross: i64,
    units: i64,
    refunds: i64,
    refunded: i64,
    received: i64,
    to_collect: i64,
    standing: i64,
    /// Standing orders in other currencies.
    others: i64,
}

from_row!(Sums {
    place,
    orders,
    gross,
    units,
    refunds,
    refunded,
    received,
    to_collect,
    standing,
    others,
});

/// A bucket for each of the stretches.
fn buckets(stretches: &[Stretch], sums: &[Sums]) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = stretches
        .iter()
        .map(|stretch| Bucket {
            label: stretch.label.clone(),
            ..Bucket::default()
        })
        .collect();
    for sums in sums {
        let place = usize::try_from(sums.place).unwrap_or(usize::MAX);
        if let Some(bucket) = buckets.get_mut(place) {
            bucket.orders = sums.orders;
            bucket.gross_minor = sums.gross;
            bucket.units = sums.units;
            bucket.refunds = sums.refunds;
            bucket.refunded_minor = sums.refunded;
        }
    }
    buckets
}

impl<'a> FiguresQuery<'a> {
    /// Without stretches the time is `now`.
    fn of(db: &'a Store, stretches: &'a [Stretch], now: i64, currency: &'a str) -> Self {
        Self {
            db,
            from: stretches.first().map_or(now, |first| first.from),
            until: stretches.last().map_or(now, |last| last.until),
            stretches,
            currency,
        }
    }

    /// ` FROM` the rows of sums of these pieces of time and what is not added up to them yet, as `s`: of that the
    /// rows whose variant is `of`. Pieces are the first parameter.
    fn push_sums(
        &self,
        sql: &mut Sql,
        (table, of): (&str, &str),
        columns: &str,
        pieces: &[(usize, Piece)],
    ) -> Result<()> {
        let rows: Vec<_> = pieces
            .iter()
            .map(|(place, piece)| {
                json!({ "place": place, "span": piece.span, "begins": piece.begins, "ends": piece.ends })
            })
            .collect();
        let names = ["place", "span", "begins", "ends"].map(|name| (name, Column::Int));
        let pieces = self.db.dialect().rows(sql.next(), &names);
        sql.bind(serde_json::to_string(&rows)?);
        // CROSS JOIN makes SQLite begin with the pieces, and OFFSET 0 makes Postgres look up each of them: it would join
        // all sums that there are with them.
        let of_piece = "t.span = b.span AND t.begins >= b.begins AND t.begins < b.ends";
        let sums = match self.db.dialect() {
            Dialect::Sqlite => format!("{table} t WHERE {of_piece}"),
            Dialect::Postgres => {
                format!("LATERAL (SELECT * FROM {table} t WHERE {of_piece} OFFSET 0) AS t")
            }
        };
        sql.push(format!(
            " FROM (SELECT b.place, {columns} FROM {pieces} AS b CROSS JOIN {sums} \
             UNION ALL SELECT b.place, {columns} FROM sum_changes t CROSS JOIN {pieces} AS b \
             WHERE t.variant_id IS {of} AND t.at >= b.begins AND t.at < b.ends) AS s"
        ));
        Ok(())
    }

    /// What was sold and what went back in each of the stretches. A cancelled order does not count in the
    /// first place, so what went back for it does not.
    fn sums(&self) -> Result<Sql> {
        let mut sql = Sql::new("SELECT s.place");
        for (name, column) in [
            ("orders", "orders"),
            ("gross", "gross_minor"),
            ("units", "units"),
            ("refunds", "refunds"),
            ("refunded", "refunded_minor"),
            ("received", "received_minor"),
            ("to_collect", "to_collect_minor"),
        ] {
            sql.push(format!(
                ", CAST(SUM(CASE WHEN s.is_own = 1 THEN s.{column} ELSE 0 END) AS BIGINT) AS {name}"
            ));
        }
        sql.push(
            ", CAST(SUM(s.standing) AS BIGINT) AS standing, \
             CAST(SUM(CASE WHEN s.is_own = 0 THEN s.standing ELSE 0 END) AS BIGINT) AS others",
        );
        let mut pieces = Vec::new();
        for (place, stretch) in self.stretches.iter().enumerate() {
            let of_it = sums::pieces(stretch.from, stretch.until, MINUTE, QUARTER);
            pieces.extend(of_it.into_iter().map(|piece| (place, piece)));
        }
        let own = format!(
            "CASE WHEN t.currency = ${} THEN 1 ELSE 0 END AS is_own",
            sql.next() + 1
        );
        let columns = format!(
            "{own}, t.standing, t.orders, t.units, t.gross_minor, t.received_minor, \
             t.to_collect_minor, t.refunds, t.refunded_minor"
        );
        self.push_sums(&mut sql, ("order_sums", "NULL"), &columns, &pieces)?;
        sql.bind(self.currency).push(" GROUP BY s.place");
        Ok(sql)
    }

    /// Those that sold most, as they are called now. Lines from before variants were archived tell what is
    /// gone apart by the address it had.
    fn top(&self) -> Result<Sql> {
        let mut sql = Sql::new(
            "SELECT p.id AS product_id, COALESCE(p.title, \
             (SELECT l.title FROM order_lines l WHERE l.variant_id = n.variant_id \
               ORDER BY l.created_at DESC LIMIT 1), \
             (SELECT l.title FROM order_lines l WHERE l.variant_id IS NULL AND l.product_slug = n.gone \
               LIMIT 1), n.gone) AS title, n.units, n.amount \
             FROM (SELECT COALESCE(v.product_id, v.archived_product_id, g.gone) AS product, \
             MAX(g.variant_id) AS variant_id, MAX(g.gone) AS gone, \
             CAST(SUM(g.units) AS BIGINT) AS units, CAST(SUM(g.amount) AS BIGINT) AS amount \
             FROM (SELECT s.variant_id, s.gone, SUM(s.units) AS units, SUM(s.gross_minor) AS amount",
        );
        let pieces = sums::pieces(self.from, self.until, QUARTER, DAY);
        let pieces: Vec<_> = pieces.into_iter().map(|piece| (0, piece)).collect();
        let columns = "t.variant_id, t.gone, t.currency, t.units, t.gross_minor";
        self.push_sums(&mut sql, ("variant_sums", "NOT NULL"), columns, &pieces)?;
        sql.push(" WHERE s.currency = ").text(self.currency);
        sql.push(
            " GROUP BY s.variant_id, s.gone) AS g LEFT JOIN variants v ON v.id = g.variant_id \
             GROUP BY 1 HAVING SUM(g.units) > 0 ORDER BY units DESC, product LIMIT ",
        );
        sql.int(NAMED);
        sql.push(") AS n LEFT JOIN products p ON p.id = n.product ORDER BY n.units DESC, title");
        Ok(sql)
    }
}

from_row!(Fetched(TopProduct) {
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

struct Low {
    variant_id: String,
    variant: Named,
    stock: i64,
}

from_row!(Low {
    variant_id: "id",
    variant: row,
    stock,
});

impl From<Low> for LowVariant {
    fn from(low: Low) -> Self {
        Self {
            title: low.variant.in_a_line(),
            variant_id: low.variant_id,
            stock: low.stock,
        }
    }
}

#[cfg(test)]
mod tests {
    use desk::admin::dashboard::ports::Span;

    use super::*;
    use crate::explain::Planner;

    #[tokio::test]
    async fn every_query_reads_ranges_of_indexes() {
        let planner = Planner::new().await;
        let db = Store::from(planner.db.clone());
        let calendar = Calendar::of(0, "UTC", Span::Month.into()).unwrap();
        let stretches = calendar.stretches().unwrap();
        let asked = FiguresQuery::of(&db, &stretches, 0, "EUR");
        let by_key = "t USING PRIMARY KEY (span=? AND begins>? AND begins<?)";
        for (query, index) in [
            (asked.sums().unwrap(), by_key),
            (asked.top().unwrap(), by_key),
            (low(5), "variants_low (stock<?)"),
        ] {
            let steps = planner.by_index(query, index).await;
            // Read from end to end are the pieces of time, what is not added up yet (`t`), and what the
            // query itself has found.
            let known = ["json_each", "SCAN t", "SCAN s", "SCAN g", "SCAN n"];
            let scans = |step: &String| {
                step.starts_with("SCAN") && !known.iter().any(|known| step.contains(known))
            };
            assert!(!steps.iter().any(scans), "{index}: {steps:#?}");
        }
        db.close().await;
    }
}

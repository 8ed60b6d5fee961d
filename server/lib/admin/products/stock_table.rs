//! The table of stock, page by page: variants by what there is of them.
//!
//! As with products, a page is found by where the last one ended.

use std::collections::BTreeMap;

use app::{answers::Tally, catalog::gtin::barcodes};
use desk::admin::{
    product_filter::Cursor,
    stock::{
        filter::{StockFilter, StockSort, StockTab},
        types::{StockRow, StockTable},
    },
};
use sqlx::any::AnyRow;

use super::stock::{COLUMNS, Found};
use crate::{
    catalog::read::search::Search,
    db::{Dialect, FromRow, Get, Page, Sql, Way},
    error::Result,
    ids::new_secret,
    store::Store,
    text::fold,
};

/// Variants on a page.
pub const PAGE: i64 = 50;
/// Variants that a text may mean by their whole SKU are looked at up to here.
const NAMED: i64 = 500;
/// Open orders are looked at up to here for the units that they hold.
const HOLDING: i64 = 5000;
/// What has not left the house.
const OPEN: &str = "('awaiting_confirmation', 'pending_payment', 'paid', 'packed')";

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Int,
}

/// A column that rows are sorted by.
#[derive(Clone, Copy)]
struct Key {
    column: &'static str,
    kind: Kind,
    way: Way,
}

impl Key {
    const fn up(column: &'static str, kind: Kind) -> Self {
        Self {
            column,
            kind,
            way: Way::Rising,
        }
    }

    const fn down(column: &'static str, kind: Kind) -> Self {
        Self {
            column,
            kind,
            way: Way::Falling,
        }
    }

    /// Its value in a row, as cursors have it. A table has the columns of its order: no struct has them.
    fn of(self, row: &AnyRow, name: &str) -> Result<String> {
        match self.kind {
            Kind::Text => row.text(name),
            Kind::Int => Ok(row.int(name)?.to_string()),
        }
    }

    fn push_value(self, sql: &mut Sql, value: &str) {
        match (self.kind, value.parse()) {
            (Kind::Int, Ok(number)) => sql.int(number),
            _ => sql.text(value),
        };
    }
}

const POSITION: Key = Key::up("v.position", Kind::Int);
const ID: Key = Key::up("v.id", Kind::Text);
/// The last of each tells the rows apart. A text with anything in it comes first, for cursors.
const NEWEST: &[Key] = &[Key::down("p.id", Kind::Text), POSITION, ID];
const BY_TITLE: &[Key] = &[
    Key::up("p.title_key", Kind::Text),
    Key::up("p.id", Kind::Text),
    POSITION,
    ID,
];
const FEWEST: &[Key] = &[Key::up("v.stock", Kind::Int), ID];
const MOST: &[Key] = &[
    Key::down("v.stock", Kind::Int),
    Key::down("v.id", Kind::Text),
];

const fn keys(sort: StockSort) -> &'static [Key] {
    match sort {
        StockSort::Newest => NEWEST,
        StockSort::Title => BY_TITLE,
        StockSort::Fewest => FEWEST,
        StockSort::Most => MOST,
    }
}

/// The values of a cursor; `None` if it cannot be read.
fn values<'a>(keys: &[Key], at: &'a str) -> Option<Vec<&'a str>> {
    let mut values: Vec<&str> = at.rsplitn(keys.len(), '~').collect();
    values.reverse();
    let fits = |(key, value): (&Key, &&str)| match key.kind {
        Kind::Text => true,
        Kind::Int => value.parse::<i64>().is_ok(),
    };
    (values.len() == keys.len() && keys.iter().zip(&values).all(fits)).then_some(values)
}

/// ` AND …`: the rows on the cursor's side.
fn push_side(sql: &mut Sql, keys: &[Key], values: &[&str], cursor: &Cursor) {
    let Some((first, value)) = keys.first().zip(values.first()) else {
        return;
    };
    let side = |key: &Key| key.way.read_from(Some(cursor)).side();
    // The range of an index.
    sql.push(format!(" AND {} {}= ", first.column, side(first)));
    first.push_value(sql, value);
    for (n, key) in keys.iter().enumerate() {
        sql.push(if n == 0 { " AND (" } else { " OR (" });
        for (before, value) in keys.iter().zip(values).take(n) {
            sql.push(format!("{} = ", before.column));
            before.push_value(sql, value);
            sql.push(" AND ");
        }
        sql.push(format!("{} {} ", key.column, side(key)));
        if let Some(value) = values.get(n) {
            key.push_value(sql, value);
        }
        if n > 0 {
            sql.push(")");
        }
    }
    sql.push(")");
}

/// What a table's rows are found by.
struct Meant<'a> {
    dialect: Dialect,
    search: Search,
    /// The variants that the text names by their barcode or SKU; empty if it names none.
    named: &'a [String],
    low_stock: i64,
}

impl Meant<'_> {
    /// ` FROM … WHERE …`, where variants are `v` and products `p`.
    fn push(&self, sql: &mut Sql, tab: Option<StockTab>, sort: StockSort) -> Result<()> {
        let few = matches!(
            tab,
            Some(StockTab::SoldOut | StockTab::Low | StockTab::Untracked)
        );
        let by_units = matches!(sort, StockSort::Fewest | StockSort::Most);
        match (
            self.search.has_words() || self.search.is_for_nothing(),
            few || by_units || !self.named.is_empty(),
        ) {
            (true, _) => {
                self.search.push_from(sql, self.dialect);
                sql.push(" CROSS JOIN variants v");
            }
            // Cross joins make SQLite begin with the first.
            (false, true) => {
                sql.push(" FROM variants v CROSS JOIN products p");
            }
            (false, false) => {
                sql.push(" FROM products p CROSS JOIN variants v");
            }
        }
        // An archived variant is of no product.
        sql.push(" WHERE v.product_id = p.id");
        self.search.push_condition(sql, self.dialect);
        if !self.named.is_empty() {
            sql.push(" AND v.id");
            let parameter = sql.next();
            sql.push(self.dialect.in_json_array(parameter))
                .bind(serde_json::to_string(self.named)?);
        }
        // The conditions on 1000 are an index's.
        match tab {
            None => {}
            Some(StockTab::SoldOut) => {
                sql.push(
                    " AND v.tracked = 1 AND v.available <= 0 AND v.stock <= 0 AND v.stock <= 1000",
                );
            }
            Some(StockTab::Low) => {
                sql.push(" AND v.tracked = 1 AND v.stock >= 1 AND v.stock <= 1000 AND v.stock <= ")
                    .int(self.low_stock);
            }
            Some(StockTab::InStock) => {
                sql.push(" AND v.tracked = 1 AND v.available > 0");
            }
            Some(StockTab::Untracked) => {
                sql.push(" AND v.tracked = 0");
            }
        }
        Ok(())
    }

    async fn tally(&self, db: &Store, tab: Option<StockTab>) -> Result<Tally> {
        let mut sql = Sql::new("SELECT 1 AS one");
        self.push(&mut sql, tab, StockSort::default())?;
        sql.tally(db.reader()).await
    }
}

/// The variants that a text names by their barcode, or by the same digits as their SKU.
async fn scanned(db: &Store, text: Option<&str>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for barcode in text.map(barcodes).unwrap_or_default() {
        let mut sql = Sql::new("SELECT v.id FROM variants v WHERE v.barcode = ");
        sql.text(&barcode)
            .push(" AND v.archived_at IS NULL UNION SELECT v.id FROM variants v WHERE v.sku = ")
            .text(&barcode)
            .push(" AND v.archived_at IS NULL ORDER BY id LIMIT ")
            .int(NAMED);
        found.extend(sql.fetch_values::<String>(db.reader()).await?);
    }
    Ok(found)
}

/// The variants that a text names by their whole SKU, as a scanner types it.
async fn named(db: &Store, search: &Search, text: Option<&str>) -> Result<Vec<String>> {
    let (Some(text), true) = (text, search.has_words()) else {
        return Ok(Vec::new());
    };
    let mut sql = Sql::new("SELECT v.id, v.sku");
    search.push_from(&mut sql, db.dialect());
    sql.push(" CROSS JOIN variants v WHERE v.product_id = p.id AND v.sku IS NOT NULL");
    search.push_condition(&mut sql, db.dialect());
    sql.push(" LIMIT ").int(NAMED);
    let wanted = fold(text.trim());
    let mut found: Vec<(String, String)> = sql.fetch_all_as(db.reader()).await?;
    found.retain(|(_, sku)| fold(sku) == wanted);
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

pub async fn table(
    db: &Store,
    filter: &StockFilter,
    typed: &[String],
    low_stock: i64,
) -> Result<StockTable> {
    let text = filter.text.as_deref();
    let scanned = scanned(db, text).await?;
    // A barcode is no word of its product.
    let search = Search::of(text.filter(|_| scanned.is_empty()), None);
    let named = match scanned.is_empty() {
        true => named(db, &search, text).await?,
        false => scanned,
    };
    let meant = Meant {
        dialect: db.dialect(),
        search,
        named: &named,
        low_stock,
    };
    let mut tallies = vec![meant.tally(db, None).await?];
    for tab in StockTab::ALL {
        tallies.push(meant.tally(db, Some(tab)).await?);
    }
    let Page {
        rows,
        before,
        after,
    } = page(db, filter, &meant).await?;
    let found: Vec<Found> = rows.iter().map(Found::from_row).collect::<Result<_>>()?;
    let mut rows: Vec<StockRow> = found.into_iter().map(StockRow::from).collect();
    let shown: Vec<_> = rows.iter().map(|row| row.variant_id.clone()).collect();
    let missing: Vec<_> = typed.iter().filter(|id| !shown.contains(id)).collect();
    if !missing.is_empty() {
        let mut sql = Sql::new(&format!(
            "{COLUMNS} FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id"
        ));
        let parameter = sql.next();
        sql.push(db.dialect().in_json_array(parameter))
            .bind(serde_json::to_string(&missing)?);
        sql.push(" ORDER BY v.id LIMIT ").int(PAGE);
        let others: Vec<Found> = sql.fetch_all_as(db.reader()).await?;
        rows.splice(0..0, others.into_iter().map(StockRow::from));
    }
    let ids: Vec<&str> = rows.iter().map(|row| row.variant_id.as_str()).collect();
    let (held, held_is_part) = held(db, &ids).await?;
    Ok(StockTable {
        form_key: new_secret(),
        rows,
        held,
        held_is_part,
        tallies,
        before,
        after,
    })
}

async fn page(db: &Store, filter: &StockFilter, meant: &Meant<'_>) -> Result<Page> {
    let keys = keys(filter.sort);
    let mut sql = Sql::new(COLUMNS);
    for (n, key) in keys.iter().enumerate() {
        sql.push(format!(", {} AS key{n}", key.column));
    }
    meant.push(&mut sql, filter.tab, filter.sort)?;
    let cursor = filter.cursor.as_ref();
    // A cursor that says nothing leaves out nothing.
    if let Some(cursor) = cursor
        && let Some(at) = values(keys, cursor.at())
    {
        push_side(&mut sql, keys, &at, cursor);
    }
    for (n, key) in keys.iter().enumerate() {
        sql.push(if n == 0 { " ORDER BY " } else { ", " });
        sql.push(format!(
            "{} {}",
            key.column,
            key.way.read_from(cursor).order()
        ));
    }
    sql.push(" LIMIT ").int(PAGE + 1);
    let rows = sql.fetch_all(db.reader()).await?;
    Page::of(rows, PAGE, cursor, |row| {
        let values = keys.iter().enumerate();
        let values = values.map(|(n, key)| key.of(row, &format!("key{n}")));
        Ok(values.collect::<Result<Vec<_>>>()?.join("~"))
    })
}

/// Units of these variants in orders that have not left the house, and whether there are more such
/// orders than were looked at. It begins with the orders: of what sells well there are many lines, and
/// few of them are open.
async fn held(db: &Store, variants: &[&str]) -> Result<(BTreeMap<String, i64>, bool)> {
    let mut counted = Sql::new("SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM orders");
    counted.push(format!(" WHERE status IN {OPEN} LIMIT "));
    counted.int(HOLDING + 1).push(") AS counted");
    let open: i64 = counted.fetch_value(db.reader()).await?;
    let mut sql = Sql::new(
        "SELECT l.variant_id, CAST(SUM(l.quantity - l.refunded) AS BIGINT) AS held FROM \
         (SELECT id FROM orders WHERE status IN ",
    );
    sql.push(OPEN).push(" LIMIT ").int(HOLDING);
    sql.push(
        ") AS o CROSS JOIN order_lines l WHERE l.order_id = o.id AND l.taken > 0 \
         AND l.quantity > l.refunded AND l.variant_id",
    );
    let parameter = sql.next();
    sql.push(db.dialect().in_json_array(parameter))
        .bind(serde_json::to_string(variants)?);
    sql.push(" GROUP BY l.variant_id");
    let held: Vec<(String, i64)> = sql.fetch_all_as(db.reader()).await?;
    Ok((held.into_iter().collect(), open > HOLDING))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_by_the_columns_that_rows_are_sorted_by() {
        let by = |sort, at| values(keys(sort), at);
        assert_eq!(by(StockSort::Newest, "p~3~v"), Some(vec!["p", "3", "v"]));
        let title = "a~b~p~3~v";
        assert_eq!(
            by(StockSort::Title, title),
            Some(vec!["a~b", "p", "3", "v"])
        );
        for strange in ["", "x", "p~x~v", "~"] {
            assert_eq!(by(StockSort::Newest, strange), None, "{strange:?}");
        }
        assert_eq!(by(StockSort::Fewest, "x~v"), None);
    }
}

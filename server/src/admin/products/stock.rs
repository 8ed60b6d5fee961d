//! Stock as staff sees and changes it.

use std::collections::BTreeSet;

use app::{
    admin::{
        product_filter::{ProductFilter, StockState},
        stock::types::{Movement, StockHistory, StockRow, StockTable},
    },
    catalog::types::variant_title,
};
use sqlx::any::AnyRow;

use crate::{
    catalog::{read::table, write::CatalogWrite},
    db::{Dialect, FromRow, Get, Sql},
    error::Result,
    ids::new_secret,
    store::Store,
    text::fold,
};

/// Movements on a page.
const PAGE: i64 = 50;
const COLUMNS: &str = "SELECT v.id, v.product_id, v.sku, v.option1, v.option2, v.option3, v.stock, v.price_minor, \
    p.title, p.active, COALESCE(v.picture_src, \
    (SELECT src FROM pictures i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1)) AS picture_src \
    FROM variants v JOIN products p ON p.id = v.product_id";

impl FromRow for StockRow {
    fn from_row(row: &AnyRow) -> Result<Self> {
        let values: Vec<String> = ["option1", "option2", "option3"]
            .into_iter()
            .map(|column| row.text(column))
            .collect::<Result<_>>()?;
        let values: Vec<String> = values.into_iter().filter(|v| !v.is_empty()).collect();
        Ok(Self {
            variant_id: row.text("id")?,
            product_id: row.text("product_id")?,
            title: row.text("title")?,
            variant_title: variant_title(&values),
            sku: row.maybe_text("sku")?.unwrap_or_default(),
            picture_src: row.maybe_text("picture_src")?,
            active: row.flag("active")?,
            stock: row.int("stock")?,
            price_minor: row.int("price_minor")?,
        })
    }
}

/// The variants of a page of the product table, in its order. Stock is low at `low_stock` units and
/// below.
pub async fn table(db: &Store, filter: &ProductFilter, low_stock: i64) -> Result<StockTable> {
    let products = table::products(db, filter).await?;
    let ids: Vec<&str> = products.rows.iter().map(|row| row.id.as_str()).collect();
    let mut sql = Sql::new(&format!("{COLUMNS} WHERE p.id"));
    sql.push(db.dialect().in_json_array(1))
        .push(" ORDER BY v.position, v.id");
    let mut rows: Vec<StockRow> = sql
        .bind_only(serde_json::to_string(&ids)?)
        .fetch_all_as(db.reader())
        .await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.product_id));
    narrow(&mut rows, filter, low_stock);
    Ok(StockTable {
        rows,
        before: products.before,
        after: products.after,
    })
}

/// Leaves out the other variants of a product whose one is meant: by its whole SKU, as a scanner
/// types it, or because its units run out.
fn narrow(rows: &mut Vec<StockRow>, filter: &ProductFilter, low_stock: i64) {
    if let Some(sku) = filter.text.as_deref().map(|text| fold(text.trim())) {
        let named: BTreeSet<String> = rows
            .iter()
            .filter(|row| fold(&row.sku) == sku)
            .map(|row| row.product_id.clone())
            .collect();
        rows.retain(|row| !named.contains(&row.product_id) || fold(&row.sku) == sku);
    }
    if filter.stock == Some(StockState::Low) {
        rows.retain(|row| (1..=low_stock).contains(&row.stock));
    }
}

pub async fn find(db: &Store, variant_id: &str) -> Result<Option<StockRow>> {
    let mut sql = Sql::new(&format!("{COLUMNS} WHERE v.id = "));
    sql.text(variant_id);
    sql.fetch_optional_as(db.reader()).await
}

/// What moved the stock of a variant otherwise than by sales, and sales, each known by its order.
const HALVES: [(&str, &str); 2] = [
    (
        "SELECT id, created_at, delta, reason, note, actor, order_id FROM stock_entries \
         WHERE variant_id = ",
        "id",
    ),
    (
        "SELECT order_id AS id, created_at, -taken AS delta, 'sale' AS reason, '' AS note, \
         NULL AS actor, order_id FROM order_lines WHERE taken > 0 AND variant_id = ",
        "order_id",
    ),
];

/// Movements, newest first.
pub async fn history(db: &Store, variant_id: &str, after: Option<&str>) -> Result<StockHistory> {
    let at = after.and_then(|at| {
        let (at, id) = at.split_once('~')?;
        Some((at.parse::<i64>().ok()?, id))
    });
    // As the view `stock_movements` has them, but with each half read by its index as far as the page goes.
    let mut sql = Sql::new(
        "SELECT m.id, m.created_at, m.delta, m.reason, m.note, m.actor, m.order_id, o.number FROM (",
    );
    for (n, (half, id_column)) in HALVES.into_iter().enumerate() {
        sql.push(if n == 0 { "" } else { " UNION ALL " });
        sql.push("SELECT * FROM (").push(half).text(variant_id);
        if let Some((at, id)) = at {
            sql.push(format!(" AND (created_at, {id_column}) < ("))
                .int(at);
            sql.push(", ").text(id).push(")");
        }
        sql.push(format!(
            " ORDER BY created_at DESC, {id_column} DESC LIMIT "
        ))
        .int(PAGE + 1);
        sql.push(format!(") AS half_{n}"));
    }
    sql.push(
        ") AS m LEFT JOIN orders o ON o.id = m.order_id \
         ORDER BY m.created_at DESC, m.id DESC LIMIT ",
    )
    .int(PAGE + 1);
    let mut rows = sql.fetch_all(db.reader()).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let cursor = |row: &AnyRow| Ok(format!("{}~{}", row.int("created_at")?, row.text("id")?));
    let after: Option<Result<String>> = rows.last().filter(|_| more).map(cursor);
    let movements = rows.iter().map(Movement::from_row).collect::<Result<_>>()?;
    Ok(StockHistory {
        form_key: new_secret(),
        movements,
        after: after.transpose()?,
    })
}

impl FromRow for Movement {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            at: row.int("created_at")?,
            delta: row.int("delta")?,
            reason: row.read("reason")?,
            note: row.text("note")?,
            actor: row.maybe_text("actor")?.unwrap_or_default(),
            order_id: row.maybe_text("order_id")?,
            order_number: row.maybe_text("number")?,
        })
    }
}

/// How many units a form has booked, if it has.
pub async fn booked(
    write: &mut CatalogWrite,
    variant_id: &str,
    form_key: &str,
) -> Result<Option<i64>> {
    let found =
        sqlx::query("SELECT delta FROM stock_entries WHERE variant_id = $1 AND form_key = $2")
            .bind(variant_id)
            .bind(form_key)
            .fetch_optional(&mut **write.tx())
            .await?;
    found.map(|row| row.int("delta")).transpose()
}

/// Units of a variant, locked for the transaction.
pub async fn locked_units(
    write: &mut CatalogWrite,
    dialect: Dialect,
    variant_id: &str,
) -> Result<Option<i64>> {
    let mut sql = Sql::new("SELECT stock FROM variants WHERE id = ");
    sql.text(variant_id).push(dialect.for_update());
    let row = sql.fetch_optional(&mut **write.tx()).await?;
    row.map(|row| row.int("stock")).transpose()
}

/// Which product a variant is of.
pub async fn product_of(write: &mut CatalogWrite, variant_id: &str) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT product_id FROM variants WHERE id = ");
    sql.text(variant_id);
    let row = sql.fetch_optional(&mut **write.tx()).await?;
    match row {
        // An archived one is of none.
        Some(row) => row.maybe_text("product_id"),
        None => Ok(None),
    }
}

//! Stock as staff sees and changes it.

use std::collections::BTreeMap;

use app::catalog::types::variant_title;
use desk::admin::stock::types::{Movement, StockHistory, StockRow};

use crate::{
    admin::fetched::Fetched,
    catalog::write::CatalogWrite,
    db::{Dialect, Sql, from_row, only},
    error::Result,
    ids::new_secret,
    store::Store,
};

/// Movements on a page.
const PAGE: i64 = 50;
/// Of variants `v` of products `p`.
pub(super) const COLUMNS: &str = "SELECT v.id, v.product_id, v.sku, v.option1, v.option2, v.option3, v.stock, v.tracked, v.price_minor, \
    p.title, p.active, COALESCE(v.picture_src, \
    (SELECT src FROM pictures i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1)) AS picture_src, \
    COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = COALESCE(v.picture_src, \
    (SELECT src FROM pictures i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1))), 0) AS picture_cut_out";

/// A variant of the table as it is read.
pub(super) struct Found {
    options: Vec<String>,
    row: Fetched<StockRow>,
}

from_row!(Found {
    options: row,
    row: row,
});

// What the variant is called is made of its options.
from_row!(Fetched(StockRow) {
    variant_id: "id",
    product_id,
    title,
    variant_title = String::new(),
    sku: or_default,
    picture: "picture_src",
    active,
    tracked,
    stock,
    price_minor,
});

impl From<Found> for StockRow {
    fn from(Found { options, row }: Found) -> Self {
        Self {
            variant_title: variant_title(&options),
            ..row.it()
        }
    }
}

pub async fn find(db: &Store, variant_id: &str) -> Result<Option<StockRow>> {
    let mut sql = Sql::new(&format!(
        "{COLUMNS} FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id = "
    ));
    sql.text(variant_id);
    let found: Option<Found> = sql.fetch_optional_as(db.reader()).await?;
    Ok(found.map(StockRow::from))
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
        "SELECT m.id, m.created_at, m.delta, m.reason, m.note, m.actor, m.order_id, o.number, \
         (SELECT n.number FROM order_short_numbers n WHERE n.order_id = m.order_id) AS short_number FROM (",
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
    let mut rows: Vec<Moved> = sql.fetch_all_as(db.reader()).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let after = rows.last().filter(|_| more);
    Ok(StockHistory {
        form_key: new_secret(),
        after: after.map(|last| format!("{}~{}", last.movement.0.at, last.id)),
        movements: rows.into_iter().map(|row| row.movement.it()).collect(),
    })
}

/// A movement, known by what it is of.
struct Moved {
    id: String,
    movement: Fetched<Movement>,
}

from_row!(Moved { id, movement: row });

from_row!(Fetched(Movement) {
    at: "created_at",
    delta,
    reason,
    note,
    actor: or_default,
    order_id,
    order_number: "number",
    order_short_number: "short_number",
});

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
    found.as_ref().map(only).transpose()
}

/// Units of a variant, locked for the transaction.
pub async fn locked_units(
    write: &mut CatalogWrite,
    dialect: Dialect,
    variant_id: &str,
) -> Result<Option<i64>> {
    let mut sql = Sql::new("SELECT stock FROM variants WHERE id = ");
    sql.text(variant_id).push(dialect.for_update());
    sql.fetch_optional_value(&mut **write.tx()).await
}

/// What a variant is in a transaction that has locked it.
pub struct Present {
    id: String,
    pub product_id: String,
    pub stock: i64,
    pub tracked: bool,
    /// Units that may be owed.
    pub backorder_limit: i64,
    pub price_minor: i64,
}

from_row!(Present {
    id,
    product_id,
    stock,
    tracked,
    backorder_limit,
    price_minor,
});

/// Those of these variants that are there, locked with all others of their products: in one order, and
/// before the products, as the editor locks them.
pub async fn locked(
    write: &mut CatalogWrite,
    dialect: Dialect,
    variants: &[&str],
) -> Result<BTreeMap<String, Present>> {
    let mut sql = Sql::new(
        "SELECT id, product_id, stock, tracked, backorder_limit, price_minor FROM variants \
         WHERE product_id IN (SELECT w.product_id FROM variants w WHERE w.id",
    );
    let parameter = sql.next();
    sql.push(dialect.in_json_array(parameter))
        .bind(serde_json::to_string(variants)?);
    sql.push(") ORDER BY id").push(dialect.for_update());
    let found: Vec<Present> = sql.fetch_all_as(&mut **write.tx()).await?;
    let meant = found
        .into_iter()
        .filter(|present| variants.contains(&present.id.as_str()));
    Ok(meant.map(|present| (present.id.clone(), present)).collect())
}

/// Which product a variant is of.
pub async fn product_of(write: &mut CatalogWrite, variant_id: &str) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT product_id FROM variants WHERE id = ");
    sql.text(variant_id);
    // An archived one is of none.
    let found: Option<Option<String>> = sql.fetch_optional_value(&mut **write.tx()).await?;
    Ok(found.flatten())
}

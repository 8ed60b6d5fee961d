//! What lists show, filter and sort by, derived from the variants and pictures.

use crate::{
    catalog::read::filter::value_of,
    db::{Dialect, Sql, Tx},
    error::Result,
    store::Store,
};

/// Brings what lists show, filter and sort by in line with the variants and pictures.
///
/// On Postgres the products are locked in a statement of their own: the sub-selects of the update
/// see what was committed before it began, which is then all that came before the lock.
pub async fn refresh_summaries(tx: &mut Tx, dialect: Dialect, ids: &[String]) -> Result<()> {
    for sql in refreshing(dialect, ids) {
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

/// The statements for it.
pub fn refreshing(dialect: Dialect, ids: &[String]) -> Vec<Sql> {
    let mut statements: Vec<Sql> = locking(dialect, ids).into_iter().collect();
    let mut sql = Sql::new(
        "UPDATE products SET \
         price_min_minor = COALESCE((SELECT MIN(price_minor) FROM variants v WHERE v.product_id = products.id), 0), \
         price_max_minor = COALESCE((SELECT MAX(price_minor) FROM variants v WHERE v.product_id = products.id), 0), \
         compare_at_minor = (SELECT compare_at_minor FROM variants v WHERE v.product_id = products.id \
           AND compare_at_minor > price_minor ORDER BY price_minor, position LIMIT 1), \
         buyable = CASE WHEN EXISTS (SELECT 1 FROM variants v WHERE v.product_id = products.id AND v.available > 0) \
           THEN 1 ELSE 0 END, \
         available_max = COALESCE((SELECT MAX(available) FROM variants v WHERE v.product_id = products.id), 0), \
         variant_count = (SELECT COUNT(*) FROM variants v WHERE v.product_id = products.id), \
         picture_src = (SELECT i.src FROM pictures i WHERE i.product_id = products.id ORDER BY i.position LIMIT 1), \
         picture_alt = COALESCE((SELECT i.alt FROM pictures i WHERE i.product_id = products.id \
           ORDER BY i.position LIMIT 1), '') \
         WHERE id",
    );
    sql.among(dialect, ids);
    statements.push(sql);
    statements
}

/// Brings what lists count by option in line with the options and variants.
pub(super) async fn refresh_choices(tx: &mut Tx, dialect: Dialect, ids: &[String]) -> Result<()> {
    let value = value_of("o", "v");
    let ids = serde_json::to_string(ids)?;
    let mut sql = Sql::new("DELETE FROM product_choices WHERE product_id");
    sql.push(dialect.in_json_array(1));
    sql.bind_only(ids.clone()).execute(&mut **tx).await?;
    let mut sql = Sql::new("INSERT INTO product_choices (product_id, key, name, value) ");
    sql.push("SELECT o.product_id, o.key, MIN(o.name), ")
        .push(&value)
        .push(" FROM product_options o JOIN variants v ON v.product_id = o.product_id WHERE o.product_id")
        .push(dialect.in_json_array(1))
        .push(" GROUP BY o.product_id, o.key, ")
        .push(&value);
    sql.bind_only(ids).execute(&mut **tx).await?;
    Ok(())
}

const SOLD: &str =
    "COALESCE((SELECT SUM(v.sold) FROM variants v WHERE v.product_id = products.id), 0)";
/// What the product table sorts by.
const STOCK_UNITS: &str = "CAST(COALESCE((SELECT SUM(v.stock) FROM variants v \
    WHERE v.product_id = products.id), 0) AS BIGINT)";
const CATEGORY_KEY: &str =
    "COALESCE((SELECT c.name_key FROM categories c WHERE c.id = products.category_id), '')";

/// `SET` what the product table sorts by.
fn push_table_keys(sql: &mut Sql) {
    sql.push(format!(
        " SET stock_units = {STOCK_UNITS}, category_key = {CATEGORY_KEY}"
    ));
}

/// Brings what the product table sorts by in line with stock and category. The products are locked by the caller,
/// or new.
pub(super) async fn refresh_table_keys(
    tx: &mut Tx,
    dialect: Dialect,
    ids: &[String],
) -> Result<()> {
    let mut sql = Sql::new("UPDATE products");
    push_table_keys(&mut sql);
    sql.push(" WHERE id").among(dialect, ids);
    sql.execute(&mut **tx).await?;
    Ok(())
}

/// Notes on the products how often their variants were sold, what is left of them, and what their category
/// is called. Orders do not do it themselves: a popular product's row would be one more thing that all of
/// them wait for.
///
/// It is not announced: lists by popularity follow as their entries run out.
pub async fn refresh_sold(db: &Store) -> Result<usize> {
    let mut sql = Sql::new("SELECT id FROM products WHERE sold <> ");
    sql.push(format!(
        "{SOLD} OR stock_units <> {STOCK_UNITS} OR category_key <> {CATEGORY_KEY}"
    ))
    .push(" ORDER BY id LIMIT 1000");
    let ids: Vec<String> = sql.fetch_values(db.reader()).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    lock_products(&mut tx, db.dialect(), &ids).await?;
    let mut sql = Sql::new("UPDATE products");
    push_table_keys(&mut sql);
    sql.push(format!(", sold = {SOLD}"))
        .push(" WHERE id")
        .push(db.dialect().in_json_array(1));
    sql.bind_only(serde_json::to_string(&ids)?)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(ids.len())
}

/// In id order, so that two transactions that touch the same products wait and do not deadlock.
async fn lock_products(tx: &mut Tx, dialect: Dialect, ids: &[String]) -> Result<()> {
    if let Some(sql) = locking(dialect, ids) {
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

fn locking(dialect: Dialect, ids: &[String]) -> Option<Sql> {
    (dialect == Dialect::Postgres).then(|| {
        let mut sql = Sql::new("SELECT id FROM products WHERE id");
        sql.among(dialect, ids)
            .push(" ORDER BY id FOR NO KEY UPDATE");
        sql
    })
}

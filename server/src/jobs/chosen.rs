//! The products that a change of many is for.

use desk::admin::{
    jobs::{bulk::BulkAction, types::RowKind},
    product_filter::ProductFilter,
};

use crate::{
    catalog::read::table,
    db::{Dialect, Sql, Tx},
    error::Result,
};

/// Which products a change is for.
pub enum Chosen<'a> {
    Ids(Vec<&'a String>),
    /// All that the table shows for this.
    Matching(&'a ProductFilter),
}

/// Notes the products that an action would change, each with the version it has; how many there are.
pub async fn add(
    tx: &mut Tx,
    dialect: Dialect,
    job_id: &str,
    chosen: &Chosen<'_>,
    action: &BulkAction,
) -> Result<u64> {
    let mut sql = Sql::new(
        "INSERT INTO catalog_job_rows (job_id, position, kind, product_id, version, title) SELECT ",
    );
    sql.text(job_id)
        .push(", ROW_NUMBER() OVER (ORDER BY p.id), ")
        .text(RowKind::Change.as_str())
        .push(", p.id, p.version, p.title");
    match chosen {
        Chosen::Ids(ids) => {
            sql.push(" FROM products p WHERE p.id");
            let parameter = sql.next();
            sql.push(dialect.in_json_array(parameter))
                .bind(serde_json::to_string(ids)?);
        }
        Chosen::Matching(filter) => table::push_from(&mut sql, dialect, filter),
    }
    push_changed(&mut sql, action);
    sql.execute(&mut **tx).await
}

/// The condition for products that an action would change at all.
fn push_changed(sql: &mut Sql, action: &BulkAction) {
    const TAGGED: &str =
        "EXISTS (SELECT 1 FROM product_tags g WHERE g.product_id = p.id AND g.tag = ";
    const SOME_TRACKED: &str =
        "EXISTS (SELECT 1 FROM variants w WHERE w.product_id = p.id AND w.tracked = ";
    match action {
        BulkAction::Activate => {
            sql.push(" AND p.active = 0");
        }
        BulkAction::Deactivate => {
            sql.push(" AND p.active = 1");
        }
        BulkAction::AddTag { tag } => {
            sql.push(" AND NOT ").push(TAGGED).text(tag).push(")");
        }
        BulkAction::RemoveTag { tag } => {
            sql.push(" AND ").push(TAGGED).text(tag).push(")");
        }
        BulkAction::PrepaidOnly => {
            sql.push(" AND p.prepaid = 0");
        }
        BulkAction::AnyPayment => {
            sql.push(" AND p.prepaid = 1");
        }
        BulkAction::Track => {
            sql.push(" AND ").push(SOME_TRACKED).push("0)");
        }
        BulkAction::Untrack => {
            sql.push(" AND ").push(SOME_TRACKED).push("1)");
        }
        BulkAction::PriceBy { .. } | BulkAction::PricePercent { .. } | BulkAction::Delete => {}
    }
}

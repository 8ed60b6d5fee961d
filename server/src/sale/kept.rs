//! Which variants have to stay what they are.

use std::collections::BTreeMap;

use crate::{
    db::{Dialect, Sql, Tx},
    error::Result,
};

/// Those of these variants that a drop sells, is going to sell or still holds units of, with its title. What is set
/// aside of one would belong to nothing if it went, and would be in no ledger, or in one that it never was in, if its
/// units began or ceased to be counted. The variants are locked by the caller.
pub async fn kept_by_drops(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    variants: &[&str],
) -> Result<BTreeMap<String, String>> {
    if variants.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::new(
        "SELECT l.variant_id, d.title FROM drop_lines l JOIN drops d ON d.id = l.drop_id \
         WHERE d.state = 'planned' AND (l.remaining > 0 OR l.offered > 0 OR d.closes_at IS NULL OR d.closes_at > ",
    );
    sql.int(now)
        .push(") AND l.variant_id")
        .among(dialect, variants)
        // Of several the first to start is named.
        .push(" ORDER BY d.opens_at DESC, d.id");
    let kept: Vec<(String, String)> = sql.fetch_all_as(&mut **tx).await?;
    Ok(kept.into_iter().collect())
}

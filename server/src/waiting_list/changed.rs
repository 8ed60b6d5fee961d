//! What everybody is told once units of a drop are offered, or are offered no more.

use crate::{
    catalog::write::refresh_summaries,
    db::{Dialect, Sql, Tx},
    error::Result,
    store::ChangeSet,
};

/// Notes that there is another number of units of a variant now, for its product's page, cards and lists. The variant is
/// locked.
pub async fn note(
    tx: &mut Tx,
    dialect: Dialect,
    changes: &mut ChangeSet,
    variant_id: &str,
) -> Result<()> {
    changes.stock(variant_id);
    // An archived variant is of no product any more.
    let mut sql = Sql::new(
        "SELECT p.id, p.slug FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id = ",
    );
    sql.text(variant_id);
    let product: Option<(String, String)> = sql.fetch_optional_as(&mut **tx).await?;
    if let Some((id, slug)) = product {
        refresh_summaries(tx, dialect, std::slice::from_ref(&id)).await?;
        changes.product(&id, &slug);
    }
    Ok(())
}

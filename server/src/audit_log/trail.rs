//! What a product was before others changed it, as the audit trail knows it.

use app::money::same_number;
use desk::admin::products::types::ProductSnapshot;

use crate::{
    db::{Db, FromRow, from_row},
    error::Result,
    settings::CurrencyHistory,
};

/// Changes that are looked back over.
const LOOKED_AT: i64 = 50;

struct Change {
    at: i64,
    actor: String,
    /// None for a product that was made.
    before_json: Option<String>,
}

from_row!(Change {
    at,
    actor,
    before_json
});

/// The product as it was at a version, if the trail goes back that far, and who has changed it
/// since, the latest first. Its prices are in the shop's `currency`, also those that were written down
/// when the shop had another.
pub async fn as_of(
    db: &Db,
    currency: &str,
    id: &str,
    version: i64,
) -> Result<(Option<ProductSnapshot>, Vec<String>)> {
    let rows = sqlx::query(
        "SELECT at, actor, before_json FROM audit_entries \
         WHERE subject_kind = 'product' AND subject_id = $1 ORDER BY at DESC, id DESC LIMIT $2",
    )
    .bind(id)
    .bind(LOOKED_AT)
    .fetch_all(db.reader())
    .await?;
    let history = CurrencyHistory::read(db).await?;
    let mut actors: Vec<String> = Vec::new();
    for row in &rows {
        let Change {
            at,
            actor,
            before_json: Some(before),
        } = Change::from_row(row)?
        else {
            continue;
        };
        // Entries of other times may say less.
        let Ok(mut before) = serde_json::from_str::<ProductSnapshot>(&before) else {
            continue;
        };
        if before.version < version {
            break;
        }
        if !actors.contains(&actor) {
            actors.push(actor);
        }
        if before.version == version {
            let was = history.at(at, currency);
            let same = |minor| same_number(minor, was, currency);
            for variant in &mut before.variants {
                variant.price_minor = same(variant.price_minor);
                variant.compare_at_minor = variant.compare_at_minor.map(same);
            }
            return Ok((Some(before), actors));
        }
    }
    Ok((None, actors))
}

//! What becomes of translated shipping methods when these are changed.

use crate::{
    db::{Dialect, Tx},
    error::Result,
    settings::Rate,
    translations::{self, DESCRIPTION, Kind, NAME},
};

/// Notes which translations were made from other words than there are now; those of methods that are gone
/// go with them.
pub async fn follow(
    tx: &mut Tx,
    dialect: Dialect,
    (before, after): (&[Rate], &[Rate]),
) -> Result<()> {
    for gone in before {
        if !after.iter().any(|rate| rate.id == gone.id) {
            translations::forget(tx, Kind::ShippingRate, &gone.id).await?;
        }
    }
    let originals = after.iter().map(|rate| {
        let texts = vec![
            (NAME, rate.name.as_str()),
            (DESCRIPTION, rate.description.as_str()),
        ];
        (rate.id.as_str(), texts)
    });
    translations::mark_stale(tx, dialect, Kind::ShippingRate, &originals.collect()).await
}

//! Putting what a file says into a drop: all of it, or nothing.

use std::collections::HashMap;

use app::{
    drops::types::{DropState, LineForm, MAX_LINES, MAX_UNITS},
    error::{ShopError, ShopResult},
    identity::Account,
};
use serde_json::json;

use super::{
    DropService,
    change::{LockedDrop, conflict},
    check::{self, CheckedLine},
    file::{self, Row, RowError},
    lines::{self, StoredLine},
    said,
};
use crate::{
    db::{Sql, from_row},
    error::Result,
    store::Store,
};

/// A variant that may be in a drop.
#[derive(Clone)]
struct Variant {
    id: String,
    sku: String,
    stock: i64,
}

from_row!(Variant { id, sku, stock });

async fn variants(db: &Store, rows: &[Row]) -> Result<HashMap<String, Vec<Variant>>> {
    let mut sql =
        Sql::new("SELECT id, sku, stock FROM variants WHERE product_id IS NOT NULL AND sku");
    sql.among(db.dialect(), rows.iter().map(|row| row.sku.as_str()))
        .push(" ORDER BY id");
    let found: Vec<Variant> = sql.fetch_all_as(db.reader()).await?;
    let mut of: HashMap<String, Vec<Variant>> = HashMap::new();
    for variant in found {
        of.entry(variant.sku.clone()).or_default().push(variant);
    }
    Ok(of)
}

/// A row with the variant that it is of.
struct MatchedRow {
    line: u64,
    variant: Variant,
    checked: CheckedLine,
    /// Units of it that the drop has sold.
    sold: i64,
}

/// What is wrong with a form of one line, in one sentence or a few.
fn in_words(refused: &ShopError) -> String {
    let fields = refused.fields.iter().map(|field| field.message.as_str());
    match refused.fields.is_empty() {
        true => refused.message.clone(),
        false => fields.collect::<Vec<_>>().join(" "),
    }
}

/// Units of a line that are sold.
fn sold(locked: &LockedDrop, variant_id: &str) -> i64 {
    let mut lines = locked.lines.iter();
    match locked.drop.times.state {
        DropState::Draft | DropState::CalledOff => 0,
        DropState::Planned => lines
            .find(|line| line.variant_id == variant_id)
            .map_or(0, |line| line.units - line.remaining),
    }
}

fn match_row(row: &Row, variant: Variant, sold: i64, currency: &str) -> ShopResult<MatchedRow> {
    let units = match row.units.as_str() {
        "" => variant.stock.clamp(1, MAX_UNITS).max(sold).to_string(),
        typed => typed.to_owned(),
    };
    let form = LineForm {
        variant_id: variant.id.clone(),
        price: row.price.clone(),
        units,
        limit: row.limit.clone(),
    };
    Ok(MatchedRow {
        line: row.line,
        checked: check::line(&form, sold, currency)?,
        sold,
        variant,
    })
}

/// All rows with their variants, or all that is wrong with them.
fn match_rows(
    locked: &LockedDrop,
    rows: &[Row],
    variants: &HashMap<String, Vec<Variant>>,
    currency: &str,
) -> ShopResult<Vec<MatchedRow>> {
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for row in rows {
        let found = variants.get(&row.sku).map_or(&[][..], Vec::as_slice);
        let what = match found {
            [] => file::said().unknown_sku(&row.sku),
            [variant] => {
                let sold = sold(locked, &variant.id);
                match match_row(row, variant.clone(), sold, currency) {
                    Ok(matched) => {
                        all.push(matched);
                        continue;
                    }
                    Err(refused) => in_words(&refused),
                }
            }
            _ => file::said().ambiguous_sku(&row.sku),
        };
        let line = row.line;
        wrong.push(RowError { line, what });
    }
    match wrong.is_empty() {
        true => Ok(all),
        false => Err(file::refused(&wrong)),
    }
}

impl DropService {
    /// How many lines were written.
    pub(super) async fn put_file(
        &self,
        actor: &Account,
        id: &str,
        bytes: &[u8],
    ) -> ShopResult<usize> {
        let currency = self.parts.settings.now().await?.currency.clone();
        let rows = file::read(bytes)?;
        let variants = variants(&self.parts.db, &rows).await?;
        let ids: Vec<String> = variants
            .values()
            .flatten()
            .map(|variant| variant.id.clone())
            .collect();
        let mut locked = self.begin(id, &ids).await?;
        if locked.drop.times.state == DropState::CalledOff {
            return Err(conflict(said().not_planned()));
        }
        let matched = match_rows(&locked, &rows, &variants, &currency)?;
        self.put_new(&mut locked, &matched).await?;
        if locked.drop.times.state == DropState::Planned {
            let dialect = self.parts.db.dialect();
            let other =
                lines::other_drop(&mut locked.tx, dialect, &locked.drop, &locked.lines).await?;
            if let Some((title, other)) = other {
                return Err(conflict(said().other_drop(&other, &title)));
            }
        }
        for one in &matched {
            self.put_line(&mut locked, actor, one).await?;
        }
        let names: Vec<String> = matched
            .iter()
            .map(|one| locked.line(&one.variant.id).map(|line| line.name()))
            .collect::<ShopResult<_>>()?;
        let after = json!({ "title": locked.drop.title, "variants": names });
        let change = (None, Some(after));
        self.finish(locked, actor, "drop.file", change).await?;
        Ok(matched.len())
    }

    /// Puts in what is not in it, with nothing set aside.
    async fn put_new(&self, locked: &mut LockedDrop, matched: &[MatchedRow]) -> ShopResult<()> {
        let is_in = |id: &str| locked.lines.iter().any(|line| line.variant_id == id);
        let new: Vec<&MatchedRow> = matched
            .iter()
            .filter(|one| !is_in(&one.variant.id))
            .collect();
        if locked.lines.len() + new.len() > MAX_LINES {
            return Err(conflict(said().too_many_lines(&MAX_LINES.to_string())));
        }
        let last = locked.lines.iter().map(|line| line.position).max();
        for (position, one) in (last.unwrap_or(0) + 1..).zip(new) {
            let line = StoredLine {
                variant_id: one.variant.id.clone(),
                position,
                price_minor: one.checked.price_minor,
                units: one.checked.units,
                remaining: 0,
                product: None,
                variant_title: String::new(),
                usual_minor: 0,
                stock: one.variant.stock,
                tracked: true,
                is_archived: false,
            };
            lines::write(&mut locked.tx, &locked.drop.id, &line).await?;
        }
        locked.lines = lines::of(&mut *locked.tx, &locked.drop.id).await?;
        Ok(())
    }

    async fn put_line(
        &self,
        locked: &mut LockedDrop,
        actor: &Account,
        one: &MatchedRow,
    ) -> ShopResult<()> {
        let before = locked.line(&one.variant.id)?;
        let remaining = match locked.drop.times.state {
            DropState::Draft | DropState::CalledOff => 0,
            DropState::Planned => one.checked.units - one.sold,
        };
        let after = StoredLine {
            price_minor: one.checked.price_minor,
            units: one.checked.units,
            remaining,
            ..before.clone()
        };
        let set = self.set_aside(
            &mut locked.tx,
            actor,
            &locked.drop,
            before.remaining,
            &after,
        );
        set.await
            .map_err(|refused| match refused.fields.is_empty() {
                true => refused,
                false => file::refused(&[RowError {
                    line: one.line,
                    what: in_words(&refused),
                }]),
            })?;
        let (drop_id, limit) = (locked.drop.id.clone(), one.checked.limit);
        self.set_limit(&mut locked.tx, &drop_id, &before.variant_id, limit)
            .await?;
        Ok(())
    }
}

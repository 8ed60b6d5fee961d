//! Changing what is in a drop.

use app::{
    drops::types::{DropState, LineForm, MAX_LINES, MAX_UNITS},
    error::{ShopError, ShopResult},
    identity::Account,
};
use serde_json::{Value, json};

use super::{
    DropService,
    change::conflict,
    check,
    lines::{self, StoredLine},
    said,
    store::StoredDrop,
};
use crate::{
    buyer_limits::{decide::Scope, edit as limits},
    db::Tx,
    error::Error,
    facts::{self, Fact},
    ids::{is_id, new_secret},
    waits::settle::{OfDrop, close},
};

/// What an entry of the audit log says of a line.
fn of_line(drop: &StoredDrop, line: &StoredLine, limit: Option<i64>) -> Value {
    json!({
        "title": drop.title, "variant": line.name(), "price_minor": line.price_minor,
        "units": line.units, "limit": limit,
    })
}

impl DropService {
    pub(super) async fn add_product(
        &self,
        actor: &Account,
        id: &str,
        product_id: &str,
    ) -> ShopResult<()> {
        let variants = match is_id(product_id) {
            true => {
                let mut tx = self.parts.db.begin().await?;
                let variants = lines::variants_of(&mut tx, product_id).await?;
                tx.rollback().await.map_err(Error::from)?;
                variants
            }
            false => Vec::new(),
        };
        let ids: Vec<String> = variants.iter().map(|(id, _)| id.clone()).collect();
        let mut locked = self.begin(id, &ids).await?;
        // Once more, with their locks.
        let variants = lines::variants_of(&mut locked.tx, product_id).await?;
        if variants.is_empty() {
            return Err(ShopError::field("product_id", said().choose_product()));
        }
        if locked.drop.times.state == DropState::CalledOff {
            return Err(conflict(said().not_a_draft()));
        }
        let is_in = |variant: &String| locked.lines.iter().any(|line| line.variant_id == *variant);
        let new: Vec<(String, i64)> = variants
            .into_iter()
            .filter(|(variant, _)| !is_in(variant))
            .collect();
        if locked.lines.len() + new.len() > MAX_LINES {
            return Err(conflict(said().too_many_lines(&MAX_LINES.to_string())));
        }
        let position = locked.lines.iter().map(|line| line.position).max();
        let positions = position.unwrap_or(0) + 1..;
        for (position, (variant_id, stock)) in positions.zip(&new) {
            let line = StoredLine {
                variant_id: variant_id.clone(),
                position,
                price_minor: None,
                units: (*stock).clamp(1, MAX_UNITS),
                remaining: 0,
                product: None,
                variant_title: String::new(),
                usual_minor: 0,
                stock: *stock,
                tracked: true,
                is_archived: false,
            };
            lines::write(&mut locked.tx, id, &line).await?;
        }
        let before = std::mem::take(&mut locked.lines);
        locked.lines = lines::of(&mut *locked.tx, id).await?;
        if locked.drop.times.state == DropState::Planned {
            let dialect = self.parts.db.dialect();
            let other =
                lines::other_drop(&mut locked.tx, dialect, &locked.drop, &locked.lines).await?;
            if let Some((title, other)) = other {
                return Err(conflict(said().other_drop(&other, &title)));
            }
            for line in &locked.lines {
                if before.iter().all(|one| one.variant_id != line.variant_id) {
                    let after = StoredLine {
                        remaining: line.units,
                        ..line.clone()
                    };
                    self.set_aside(&mut locked.tx, actor, &locked.drop, 0, &after)
                        .await?;
                }
            }
        }
        let names = locked.lines.iter().filter(|line| {
            let mut before = before.iter();
            before.all(|one| one.variant_id != line.variant_id)
        });
        let names: Vec<String> = names.map(StoredLine::name).collect();
        let after = json!({ "title": locked.drop.title, "variants": names });
        self.finish(locked, actor, "drop.add", (None, Some(after)))
            .await?;
        Ok(())
    }

    pub(super) async fn change_line(
        &self,
        actor: &Account,
        id: &str,
        form: LineForm,
    ) -> ShopResult<()> {
        let currency = self.parts.settings.now().await?.currency.clone();
        let mut locked = self.begin(id, &[]).await?;
        let before = locked.line(&form.variant_id)?;
        let is_planned = match locked.drop.times.state {
            DropState::Draft => false,
            DropState::Planned => true,
            DropState::CalledOff => return Err(conflict(said().not_planned())),
        };
        let sold = match is_planned {
            true => before.units - before.remaining,
            false => 0,
        };
        let wanted = check::line(&form, sold, &currency)?;
        let after = StoredLine {
            price_minor: wanted.price_minor,
            units: wanted.units,
            remaining: match is_planned {
                true => wanted.units - sold,
                false => 0,
            },
            ..before.clone()
        };
        self.set_aside(
            &mut locked.tx,
            actor,
            &locked.drop,
            before.remaining,
            &after,
        )
        .await?;
        let limit_before = self
            .set_limit(&mut locked.tx, id, &before.variant_id, wanted.limit)
            .await?;
        let change = (
            Some(of_line(&locked.drop, &before, limit_before)),
            Some(of_line(&locked.drop, &after, wanted.limit)),
        );
        self.finish(locked, actor, "drop.line", change).await?;
        Ok(())
    }

    /// Sets how many of a line one customer gets; what it was before.
    pub(super) async fn set_limit(
        &self,
        tx: &mut Tx,
        id: &str,
        variant_id: &str,
        wanted: Option<i64>,
    ) -> ShopResult<Option<i64>> {
        let standing = limits::of_drop(&mut **tx, id).await?;
        let standing = lines::limit_of(&standing, variant_id);
        match (standing, wanted) {
            (None, None) => {}
            (Some(limit), Some(units)) => limits::set_units(tx, &limit.id, units).await?,
            (Some(limit), None) => limits::remove(tx, &limit.id).await?,
            (None, Some(units)) => {
                let key = facts::settle_in(tx, Fact::BuyerKey, &new_secret()).await?;
                let scope = Scope::OfDrop {
                    drop_id: id.to_owned(),
                    variant_id: variant_id.to_owned(),
                };
                let (dialect, now) = (self.parts.db.dialect(), self.parts.clock.now());
                limits::add(tx, dialect, now, &key, (scope, units, 0)).await?;
            }
        }
        Ok(standing.map(|limit| limit.units))
    }

    pub(super) async fn take_out(
        &self,
        actor: &Account,
        id: &str,
        variant_id: &str,
    ) -> ShopResult<()> {
        let mut locked = self.begin(id, &[]).await?;
        let before = locked.line(variant_id)?;
        let after = StoredLine {
            remaining: 0,
            ..before.clone()
        };
        self.set_aside(
            &mut locked.tx,
            actor,
            &locked.drop,
            before.remaining,
            &after,
        )
        .await?;
        let now = self.parts.clock.now();
        let line = OfDrop {
            drop_id: id,
            variant_id,
        };
        close(&mut locked.tx, now, line).await?;
        lines::remove(&mut locked.tx, id, variant_id).await?;
        let change = (Some(of_line(&locked.drop, &before, None)), None);
        self.finish(locked, actor, "drop.remove", change).await?;
        Ok(())
    }
}

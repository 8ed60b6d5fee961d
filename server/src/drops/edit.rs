//! Changing drops. Nothing of it happens at the start: what is written here says what holds when.

use app::{
    drops::{
        ports::DropAdmin,
        types::{
            AdminDrop, DropForm, DropPhase, DropRow, DropSaved, DropState, LineForm, MAX_DROPS,
            MAX_LINES, MAX_UNITS,
        },
    },
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    ui::date::Zone,
};
use async_trait::async_trait;
use serde_json::{Value, json};

use super::{
    DropService, check,
    lines::{self, StoredLine},
    said,
    store::{self, Stored},
};
use crate::{
    audit_log,
    buyer_limits::{decide::Scope, edit as limits},
    db::Tx,
    error::{Error, Result},
    facts::{self, Fact},
    ids::{is_id, new_secret},
    sale::units::move_units,
    store::ChangeSet,
};

/// Before and after, for the audit log.
type Change = (Option<Value>, Option<Value>);

/// A drop that is being changed, with its variants locked.
struct Work {
    tx: Tx,
    drop: Stored,
    lines: Vec<StoredLine>,
}

impl Work {
    fn line(&self, variant_id: &str) -> ShopResult<StoredLine> {
        let mut lines = self.lines.iter();
        let line = lines.find(|line| line.variant_id == variant_id);
        line.cloned().ok_or_else(ShopError::not_found)
    }
}

fn conflict(words: impl Into<String>) -> ShopError {
    ShopError::new(ErrorKind::Conflict, words)
}

fn found<'a>(all: &'a [Stored], id: &str) -> ShopResult<&'a Stored> {
    let found = all.iter().find(|one| one.id == id);
    found.ok_or_else(ShopError::not_found)
}

fn saved(stored: &Stored) -> DropSaved {
    DropSaved {
        id: stored.id.clone(),
        slug: stored.slug.clone(),
        version: stored.version,
    }
}

/// What an entry of the audit log says of a drop.
fn summary(drop: &Stored) -> Value {
    let utc = Zone::named("UTC");
    let moment = |at: Option<i64>| at.map(|at| utc.minute(at));
    json!({
        "title": drop.title, "slug": drop.slug, "text_html": drop.text_html,
        "state": drop.times.state.as_str(), "secret_until": moment(drop.times.reveal_at),
        "begins": moment(Some(drop.times.opens_at)), "ends": moment(drop.times.closes_at),
    })
}

/// The same of a line.
fn of_line(drop: &Stored, line: &StoredLine, limit: Option<i64>) -> Value {
    json!({
        "title": drop.title, "variant": line.name(), "price_minor": line.price_minor,
        "units": line.units, "limit": limit,
    })
}

impl DropService {
    async fn begin(&self, id: &str, more: &[String]) -> ShopResult<Work> {
        let (db, dialect) = (&self.parts.db, self.parts.db.dialect());
        let mut tx = db.begin().await?;
        let all = store::lock(&mut tx, dialect).await?;
        let drop = found(&all, id)?.clone();
        let lines = lines::lock(&mut tx, dialect, id, more).await?;
        Ok(Work { tx, drop, lines })
    }

    /// Notes what was changed and commits it, for these lines and those that are in it now.
    async fn finish(
        &self,
        mut work: Work,
        actor: &Account,
        action: &str,
        (before, after): Change,
    ) -> Result<()> {
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        let mut changes = ChangeSet::default();
        changes.drops();
        let (tx, id) = (&mut work.tx, work.drop.id.as_str());
        let mut touched = lines::of(&mut **tx, id).await?;
        touched.extend(work.lines);
        lines::refresh(tx, db.dialect(), &touched, &mut changes).await?;
        audit_log::record(tx, now, &actor.email, action, ("drop", id), before, after).await?;
        changes.commit(work.tx, db).await.map(drop)
    }

    /// Sets units of a line aside, or puts them back: `line` is written as it is to be.
    async fn set_aside(
        &self,
        tx: &mut Tx,
        actor: &Account,
        drop: &Stored,
        before: i64,
        line: &StoredLine,
    ) -> ShopResult<()> {
        let more = line.remaining - before;
        if line.tracked && more > line.stock {
            let units = line.stock.max(0).to_string();
            return Err(ShopError::field(
                "units",
                said().not_on_shelf(&line.name(), &units),
            ));
        }
        lines::write(tx, &drop.id, line).await?;
        if line.tracked {
            let (now, actor) = (self.parts.clock.now(), Some(actor.email.as_str()));
            move_units(tx, now, &drop.id, &line.variant_id, -more, actor).await?;
        }
        Ok(())
    }

    /// Puts all that is set aside back on the shelf.
    async fn empty(&self, work: &mut Work, actor: &Account) -> ShopResult<i64> {
        let mut back = 0;
        for line in &work.lines {
            let after = StoredLine {
                remaining: 0,
                ..line.clone()
            };
            self.set_aside(&mut work.tx, actor, &work.drop, line.remaining, &after)
                .await?;
            back += line.remaining;
        }
        Ok(back)
    }

    /// Writes the drop in another state.
    async fn step(&self, work: &mut Work, state: DropState) -> Result<Change> {
        let before = work.drop.clone();
        let now = self.parts.clock.now();
        work.drop.times.state = state;
        work.drop.times.state_at = now;
        work.drop.version += 1;
        store::write(&mut work.tx, now, Some(&before), &work.drop).await?;
        Ok((Some(summary(&before)), Some(summary(&work.drop))))
    }
}

#[async_trait]
impl DropAdmin for DropService {
    async fn all(&self) -> ShopResult<Vec<DropRow>> {
        Ok(store::rows(&self.parts.db).await?)
    }

    async fn by_id(&self, id: &str) -> ShopResult<AdminDrop> {
        let db = &self.parts.db;
        let stored = match is_id(id) {
            true => store::by_id(db, id).await?,
            false => None,
        };
        let stored = stored.ok_or_else(ShopError::not_found)?;
        let limits = limits::of_drop(db.reader(), id).await?;
        let lines = lines::of(db.reader(), id).await?;
        Ok(AdminDrop {
            phase: store::phase(&stored.times, self.parts.clock.now()),
            state: stored.times.state,
            reveal_at: stored.times.reveal_at,
            opens_at: stored.times.opens_at,
            closes_at: stored.times.closes_at,
            currency: self.parts.settings.now().await?.currency.clone(),
            lines: lines.iter().map(|line| line.for_editor(&limits)).collect(),
            reminders: store::reminders(db, id).await?,
            id: stored.id,
            slug: stored.slug,
            title: stored.title,
            text_html: stored.text_html,
            version: stored.version,
        })
    }

    async fn create(&self, actor: &Account, form: DropForm) -> ShopResult<DropSaved> {
        let zone = Zone::named(&self.parts.settings.now().await?.time_zone);
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        let mut tx = db.begin().await?;
        let all = store::lock(&mut tx, db.dialect()).await?;
        if all.len() >= MAX_DROPS {
            return Err(conflict(said().too_many(&MAX_DROPS.to_string())));
        }
        let after = check::checked(&form, None, &all, &zone, now)?;
        if after.times.opens_at <= now {
            return Err(ShopError::field("opens", said().start_is_over()));
        }
        store::write(&mut tx, now, None, &after).await?;
        let work = Work {
            tx,
            drop: after.clone(),
            lines: Vec::new(),
        };
        let change = (None, Some(summary(&after)));
        self.finish(work, actor, "drop.create", change).await?;
        Ok(saved(&after))
    }

    async fn update(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        form: DropForm,
    ) -> ShopResult<DropSaved> {
        let zone = Zone::named(&self.parts.settings.now().await?.time_zone);
        let (dialect, now) = (self.parts.db.dialect(), self.parts.clock.now());
        let mut tx = self.parts.db.begin().await?;
        let all = store::lock(&mut tx, dialect).await?;
        let before = found(&all, id)?.clone();
        if version.trim().parse() != Ok(before.version) {
            return Err(conflict(said().changed_since()));
        }
        let after = check::checked(&form, Some(&before), &all, &zone, now)?;
        let lines = lines::lock(&mut tx, dialect, id, &[]).await?;
        if after.times.state == DropState::Planned {
            let other = lines::other_drop(&mut tx, dialect, &after, &lines).await?;
            if let Some((title, other)) = other {
                return Err(ShopError::field("opens", said().other_drop(&other, &title)));
            }
        }
        store::write(&mut tx, now, Some(&before), &after).await?;
        let work = Work {
            tx,
            drop: after.clone(),
            lines,
        };
        let change = (Some(summary(&before)), Some(summary(&after)));
        self.finish(work, actor, "drop.update", change).await?;
        Ok(saved(&after))
    }

    async fn add(&self, actor: &Account, id: &str, product_id: &str) -> ShopResult<()> {
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
        let mut work = self.begin(id, &ids).await?;
        // Once more, with their locks.
        let variants = lines::variants_of(&mut work.tx, product_id).await?;
        if variants.is_empty() {
            return Err(ShopError::field("product_id", said().choose_product()));
        }
        if work.drop.times.state == DropState::CalledOff {
            return Err(conflict(said().not_a_draft()));
        }
        let is_in = |variant: &String| work.lines.iter().any(|line| line.variant_id == *variant);
        let new: Vec<(String, i64)> = variants
            .into_iter()
            .filter(|(variant, _)| !is_in(variant))
            .collect();
        if work.lines.len() + new.len() > MAX_LINES {
            return Err(conflict(said().too_many_lines(&MAX_LINES.to_string())));
        }
        let position = work.lines.iter().map(|line| line.position).max();
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
            };
            lines::write(&mut work.tx, id, &line).await?;
        }
        let before = std::mem::take(&mut work.lines);
        work.lines = lines::of(&mut *work.tx, id).await?;
        if work.drop.times.state == DropState::Planned {
            let dialect = self.parts.db.dialect();
            let other = lines::other_drop(&mut work.tx, dialect, &work.drop, &work.lines).await?;
            if let Some((title, other)) = other {
                return Err(conflict(said().other_drop(&other, &title)));
            }
            for line in &work.lines {
                if before.iter().all(|one| one.variant_id != line.variant_id) {
                    let after = StoredLine {
                        remaining: line.units,
                        ..line.clone()
                    };
                    self.set_aside(&mut work.tx, actor, &work.drop, 0, &after)
                        .await?;
                }
            }
        }
        let names = work.lines.iter().filter(|line| {
            let mut before = before.iter();
            before.all(|one| one.variant_id != line.variant_id)
        });
        let names: Vec<String> = names.map(StoredLine::name).collect();
        let after = json!({ "title": work.drop.title, "variants": names });
        self.finish(work, actor, "drop.add", (None, Some(after)))
            .await?;
        Ok(())
    }

    async fn set_line(&self, actor: &Account, id: &str, form: LineForm) -> ShopResult<()> {
        let currency = self.parts.settings.now().await?.currency.clone();
        let mut work = self.begin(id, &[]).await?;
        let before = work.line(&form.variant_id)?;
        let is_planned = match work.drop.times.state {
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
        self.set_aside(&mut work.tx, actor, &work.drop, before.remaining, &after)
            .await?;
        let standing = limits::of_drop(&mut *work.tx, id).await?;
        let standing = lines::limit_of(&standing, &before.variant_id);
        let limit_before = standing.map(|limit| limit.units);
        match (standing, wanted.limit) {
            (None, None) => {}
            (Some(limit), Some(units)) => {
                limits::set_units(&mut work.tx, &limit.id, units).await?;
            }
            (Some(limit), None) => limits::remove(&mut work.tx, &limit.id).await?,
            (None, Some(units)) => {
                let tx = &mut work.tx;
                let key = facts::settle_in(tx, Fact::BuyerKey, &new_secret()).await?;
                let scope = Scope::OfDrop {
                    drop_id: id.to_owned(),
                    variant_id: before.variant_id.clone(),
                };
                let (dialect, now) = (self.parts.db.dialect(), self.parts.clock.now());
                limits::add(tx, dialect, now, &key, (scope, units, 0)).await?;
            }
        }
        let change = (
            Some(of_line(&work.drop, &before, limit_before)),
            Some(of_line(&work.drop, &after, wanted.limit)),
        );
        self.finish(work, actor, "drop.line", change).await?;
        Ok(())
    }

    async fn remove_line(&self, actor: &Account, id: &str, variant_id: &str) -> ShopResult<()> {
        let mut work = self.begin(id, &[]).await?;
        let before = work.line(variant_id)?;
        let after = StoredLine {
            remaining: 0,
            ..before.clone()
        };
        self.set_aside(&mut work.tx, actor, &work.drop, before.remaining, &after)
            .await?;
        lines::remove(&mut work.tx, id, variant_id).await?;
        let change = (Some(of_line(&work.drop, &before, None)), None);
        self.finish(work, actor, "drop.remove", change).await?;
        Ok(())
    }

    async fn plan(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let (dialect, now) = (self.parts.db.dialect(), self.parts.clock.now());
        let mut work = self.begin(id, &[]).await?;
        if work.drop.times.state != DropState::Draft {
            return Err(conflict(said().not_a_draft()));
        }
        if work.lines.is_empty() {
            return Err(conflict(said().no_lines()));
        }
        if work.drop.times.opens_at <= now {
            return Err(conflict(said().start_is_over()));
        }
        let other = lines::other_drop(&mut work.tx, dialect, &work.drop, &work.lines).await?;
        if let Some((title, other)) = other {
            return Err(conflict(said().other_drop(&other, &title)));
        }
        for line in &work.lines {
            let after = StoredLine {
                remaining: line.units,
                ..line.clone()
            };
            self.set_aside(&mut work.tx, actor, &work.drop, 0, &after)
                .await?;
        }
        let change = self.step(&mut work, DropState::Planned).await?;
        self.finish(work, actor, "drop.plan", change).await?;
        Ok(())
    }

    async fn call_off(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut work = self.begin(id, &[]).await?;
        if work.drop.times.state != DropState::Planned {
            return Err(conflict(said().not_planned()));
        }
        self.empty(&mut work, actor).await?;
        let change = self.step(&mut work, DropState::CalledOff).await?;
        self.finish(work, actor, "drop.call_off", change).await?;
        Ok(())
    }

    async fn put_back(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut work = self.begin(id, &[]).await?;
        let now = self.parts.clock.now();
        if store::phase(&work.drop.times, now) != Some(DropPhase::Over) {
            return Err(conflict(said().not_over()));
        }
        let back = self.empty(&mut work, actor).await?;
        let after = json!({ "title": work.drop.title, "units": back });
        self.finish(work, actor, "drop.put_back", (None, Some(after)))
            .await?;
        Ok(())
    }

    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut work = self.begin(id, &[]).await?;
        let is_used =
            work.drop.times.opened_at.is_some() || work.lines.iter().any(|line| line.remaining > 0);
        if is_used {
            return Err(conflict(said().not_empty()));
        }
        for line in &work.lines {
            lines::remove(&mut work.tx, id, &line.variant_id).await?;
        }
        store::delete(&mut work.tx, id).await?;
        let change = (Some(summary(&work.drop)), None);
        self.finish(work, actor, "drop.delete", change).await?;
        Ok(())
    }
}

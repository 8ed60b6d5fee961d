//! Changing drops. Nothing of it happens at the start: what is written here says what holds when.

use std::collections::HashMap;

use app::{
    drops::{
        ports::DropAdmin,
        room::RoomForm,
        types::{
            AdminDrop, DropForm, DropPhase, DropRow, DropSaved, DropState, InDrop, LineForm,
            MAX_DROPS, MissingVariants,
        },
    },
    error::{ShopError, ShopResult},
    identity::Account,
    ui::date::Zone,
};
use async_trait::async_trait;
use serde_json::json;

use super::{
    DropService, beside,
    change::{LockedDrop, conflict, found, summary},
    check,
    lines::{self, StoredLine},
    room::admin_room,
    said,
    store::{self, StoredDrop},
    waiting,
};
use crate::{
    buyer_limits::edit as limits,
    feature::Parts,
    ids::is_id,
    translations::{self, DESCRIPTION, Kind, NAME},
};

fn saved(stored: &StoredDrop) -> DropSaved {
    DropSaved {
        id: stored.id.clone(),
        slug: stored.slug.clone(),
        version: stored.version,
    }
}

/// A drop as its editor has it; `not_found` if there is none.
pub async fn for_editor(parts: &Parts, id: &str) -> ShopResult<AdminDrop> {
    let db = &parts.db;
    let stored = match is_id(id) {
        true => store::by_id(db, id).await?,
        false => None,
    };
    let stored = stored.ok_or_else(ShopError::not_found)?;
    let limits = limits::of_drop(db.reader(), id).await?;
    let lines = lines::of(db.reader(), id).await?;
    let mut lines: Vec<_> = lines.iter().map(|line| line.for_editor(&limits)).collect();
    waiting::count(db, id, &mut lines).await?;
    Ok(AdminDrop {
        phase: store::phase(&stored.times, parts.clock.now()),
        state: stored.times.state,
        reveal_at: stored.times.reveal_at,
        opens_at: stored.times.opens_at,
        closes_at: stored.times.closes_at,
        currency: parts.settings.now().await?.currency.clone(),
        lines,
        reminders: store::reminders(db, id).await?,
        room: admin_room(db, id).await?,
        offer_hours: waiting::hours(db.reader(), id).await?,
        id: stored.id,
        slug: stored.slug,
        title: stored.title,
        text_html: stored.text_html,
        version: stored.version,
    })
}

#[async_trait]
impl DropAdmin for DropService {
    async fn all(&self) -> ShopResult<Vec<DropRow>> {
        Ok(store::rows(&self.parts.db).await?)
    }

    async fn by_id(&self, id: &str) -> ShopResult<AdminDrop> {
        for_editor(&self.parts, id).await
    }

    async fn beside(&self, id: &str) -> ShopResult<Vec<MissingVariants>> {
        Ok(beside::of_drop(&self.parts.db, id).await?)
    }

    async fn of_product(&self, product_id: &str) -> ShopResult<Vec<InDrop>> {
        Ok(beside::of_product(&self.parts.db, product_id).await?)
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
        let locked = LockedDrop {
            tx,
            drop: after.clone(),
            lines: Vec::new(),
        };
        let change = (None, Some(summary(&after)));
        self.finish(locked, actor, "drop.create", change).await?;
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
        let texts = vec![
            (NAME, after.title.as_str()),
            (DESCRIPTION, after.text_html.as_str()),
        ];
        let originals = HashMap::from([(after.id.as_str(), texts)]);
        translations::mark_stale(&mut tx, dialect, Kind::Drop, &originals).await?;
        let locked = LockedDrop {
            tx,
            drop: after.clone(),
            lines,
        };
        let change = (Some(summary(&before)), Some(summary(&after)));
        self.finish(locked, actor, "drop.update", change).await?;
        Ok(saved(&after))
    }

    async fn add(&self, actor: &Account, id: &str, product_id: &str) -> ShopResult<()> {
        self.add_product(actor, id, product_id).await
    }

    async fn take_file(&self, actor: &Account, id: &str, file: Vec<u8>) -> ShopResult<usize> {
        self.put_file(actor, id, &file).await
    }

    async fn set_line(&self, actor: &Account, id: &str, form: LineForm) -> ShopResult<()> {
        self.change_line(actor, id, form).await
    }

    async fn remove_line(&self, actor: &Account, id: &str, variant_id: &str) -> ShopResult<()> {
        self.take_out(actor, id, variant_id).await
    }

    async fn set_room(&self, actor: &Account, id: &str, form: RoomForm) -> ShopResult<()> {
        self.change_room(actor, id, &form).await
    }

    async fn set_offer_hours(&self, actor: &Account, id: &str, hours: &str) -> ShopResult<()> {
        self.change_hours(actor, id, hours).await
    }

    async fn plan(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let (dialect, now) = (self.parts.db.dialect(), self.parts.clock.now());
        let mut locked = self.begin(id, &[]).await?;
        if locked.drop.times.state != DropState::Draft {
            return Err(conflict(said().not_a_draft()));
        }
        if locked.lines.is_empty() {
            return Err(conflict(said().no_lines()));
        }
        if locked.drop.times.opens_at <= now {
            return Err(conflict(said().start_is_over()));
        }
        if let Some(gone) = locked.lines.iter().find(|line| line.is_archived) {
            return Err(conflict(said().gone_from_shop(&gone.name())));
        }
        let other = lines::other_drop(&mut locked.tx, dialect, &locked.drop, &locked.lines).await?;
        if let Some((title, other)) = other {
            return Err(conflict(said().other_drop(&other, &title)));
        }
        for line in &locked.lines {
            let after = StoredLine {
                remaining: line.units,
                ..line.clone()
            };
            self.set_aside(&mut locked.tx, actor, &locked.drop, 0, &after)
                .await?;
        }
        let change = self.step(&mut locked, DropState::Planned).await?;
        self.finish(locked, actor, "drop.plan", change).await?;
        Ok(())
    }

    async fn call_off(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut locked = self.begin(id, &[]).await?;
        if locked.drop.times.state != DropState::Planned {
            return Err(conflict(said().not_planned()));
        }
        self.empty(&mut locked, actor).await?;
        let change = self.step(&mut locked, DropState::CalledOff).await?;
        self.finish(locked, actor, "drop.call_off", change).await?;
        Ok(())
    }

    async fn put_back(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut locked = self.begin(id, &[]).await?;
        let now = self.parts.clock.now();
        if store::phase(&locked.drop.times, now) != Some(DropPhase::Over) {
            return Err(conflict(said().not_over()));
        }
        let back = self.empty(&mut locked, actor).await?;
        let after = json!({ "title": locked.drop.title, "units": back });
        self.finish(locked, actor, "drop.put_back", (None, Some(after)))
            .await?;
        Ok(())
    }

    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut locked = self.begin(id, &[]).await?;
        let is_used = locked.drop.times.opened_at.is_some()
            || locked.lines.iter().any(|line| line.remaining > 0);
        if is_used {
            return Err(conflict(said().not_empty()));
        }
        for line in &locked.lines {
            lines::remove(&mut locked.tx, id, &line.variant_id).await?;
        }
        translations::forget(&mut locked.tx, Kind::Drop, id).await?;
        store::delete(&mut locked.tx, id).await?;
        let change = (Some(summary(&locked.drop)), None);
        self.finish(locked, actor, "drop.delete", change).await?;
        Ok(())
    }
}

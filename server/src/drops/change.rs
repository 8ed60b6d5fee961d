//! What every change of a drop is made of: its locks, its units, and how it ends.

use std::collections::BTreeSet;

use app::{
    drops::types::DropState,
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    ui::date::Zone,
};
use serde_json::{Value, json};

use super::{
    DropService,
    lines::{self, StoredLine},
    said,
    store::{self, StoredDrop},
};
use crate::{
    audit_log,
    db::Tx,
    error::Result,
    sale::units::move_units,
    store::ChangeSet,
    waits::settle::{OfDrop, settle},
};

/// Before and after, for the audit log.
pub type Change = (Option<Value>, Option<Value>);

/// A drop that is being changed, with its variants locked.
pub struct LockedDrop {
    pub tx: Tx,
    pub drop: StoredDrop,
    pub lines: Vec<StoredLine>,
}

impl LockedDrop {
    pub fn line(&self, variant_id: &str) -> ShopResult<StoredLine> {
        let mut lines = self.lines.iter();
        let line = lines.find(|line| line.variant_id == variant_id);
        line.cloned().ok_or_else(ShopError::not_found)
    }
}

pub fn conflict(words: impl Into<String>) -> ShopError {
    ShopError::new(ErrorKind::Conflict, words)
}

pub fn found<'a>(all: &'a [StoredDrop], id: &str) -> ShopResult<&'a StoredDrop> {
    let found = all.iter().find(|one| one.id == id);
    found.ok_or_else(ShopError::not_found)
}

/// What an entry of the audit log says of a drop.
pub fn summary(drop: &StoredDrop) -> Value {
    let utc = Zone::named("UTC");
    let moment = |at: Option<i64>| at.map(|at| utc.minute(at));
    json!({
        "title": drop.title, "slug": drop.slug, "text_html": drop.text_html,
        "state": drop.times.state.as_str(), "secret_until": moment(drop.times.reveal_at),
        "begins": moment(Some(drop.times.opens_at)), "ends": moment(drop.times.closes_at),
    })
}

impl DropService {
    pub(super) async fn begin(&self, id: &str, more: &[String]) -> ShopResult<LockedDrop> {
        let (db, dialect) = (&self.parts.db, self.parts.db.dialect());
        let mut tx = db.begin().await?;
        let all = store::lock(&mut tx, dialect).await?;
        let drop = found(&all, id)?.clone();
        let lines = lines::lock(&mut tx, dialect, id, more).await?;
        Ok(LockedDrop { tx, drop, lines })
    }

    /// Notes what was changed and commits it, for these lines and those that are in it now.
    pub(super) async fn finish(
        &self,
        mut locked: LockedDrop,
        actor: &Account,
        action: &str,
        (before, after): Change,
    ) -> Result<()> {
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        let mut changes = ChangeSet::default();
        changes.drops();
        let (tx, id) = (&mut locked.tx, locked.drop.id.as_str());
        let mut touched = lines::of(&mut **tx, id).await?;
        touched.extend(locked.lines);
        // What came to a line is theirs first who wait for it.
        let variants: BTreeSet<&str> = touched
            .iter()
            .map(|line| line.variant_id.as_str())
            .collect();
        for variant_id in variants {
            let line = OfDrop {
                drop_id: id,
                variant_id,
            };
            settle(tx, db.dialect(), now, line).await?;
        }
        lines::refresh(tx, db.dialect(), &touched, &mut changes).await?;
        audit_log::record(tx, now, &actor.email, action, ("drop", id), before, after).await?;
        changes.commit(locked.tx, db).await.map(drop)
    }

    /// Sets units of a line aside, or puts them back: `line` is written as it is to be.
    pub(super) async fn set_aside(
        &self,
        tx: &mut Tx,
        actor: &Account,
        drop: &StoredDrop,
        before: i64,
        line: &StoredLine,
    ) -> ShopResult<()> {
        let more = line.remaining - before;
        // What goes back does so also to a shelf of which more is owed than there is.
        if line.tracked && more > 0 && more > line.stock {
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
    pub(super) async fn empty(&self, locked: &mut LockedDrop, actor: &Account) -> ShopResult<i64> {
        let mut back = 0;
        for line in &locked.lines {
            let after = StoredLine {
                remaining: 0,
                ..line.clone()
            };
            self.set_aside(&mut locked.tx, actor, &locked.drop, line.remaining, &after)
                .await?;
            back += line.remaining;
        }
        Ok(back)
    }

    /// Writes the drop in another state.
    pub(super) async fn step(&self, locked: &mut LockedDrop, state: DropState) -> Result<Change> {
        let before = locked.drop.clone();
        let now = self.parts.clock.now();
        locked.drop.times.state = state;
        locked.drop.times.state_at = now;
        locked.drop.version += 1;
        store::write(&mut locked.tx, now, Some(&before), &locked.drop).await?;
        Ok((Some(summary(&before)), Some(summary(&locked.drop))))
    }
}

//! A drop as a rehearsal plays it: read from the shop, and written for a database of its own.

use std::collections::BTreeMap;

use app::drops::{
    room::RoomSwitch,
    types::{DropRow, DropState},
};

use super::{
    lines::{self, StoredLine},
    room::{admin_room, open_to_all},
    store::{self, StoredDrop},
};
use crate::{
    audit_log::COMMAND_LINE,
    buyer_limits::{
        decide::{Limit, Scope},
        edit as limits,
    },
    db::Sql,
    error::Result,
    facts::{self, Fact},
    ids::{new_id, new_secret},
    sale::{
        terms::{Phase, Times},
        units::move_units,
    },
    store::{ChangeSet, Store},
};

/// So long before its start and after it a drop is near, in milliseconds.
const NEAR: i64 = 60 * 60 * 1000;

/// A drop of the shop's with its lines, limits and room.
pub struct Original {
    drop: StoredDrop,
    lines: Vec<StoredLine>,
    limits: Vec<Limit>,
    /// Its waiting room, if that is on.
    pub room: Option<OriginalRoom>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OriginalRoom {
    /// People that it lets in per minute at most.
    pub per_minute: i64,
    /// How long each of them may order.
    pub minutes: i64,
}

/// A line whose variant is sold.
#[derive(Debug, Clone, Copy)]
pub struct OriginalLine<'a> {
    pub variant_id: &'a str,
    pub product_id: &'a str,
    pub product_title: &'a str,
    pub variant_title: &'a str,
    /// What a unit costs in the drop.
    pub price_minor: i64,
    pub units: i64,
}

impl Original {
    pub fn slug(&self) -> &str {
        &self.drop.slug
    }

    pub fn title(&self) -> &str {
        &self.drop.title
    }

    /// Whether it is still to begin, as it is written.
    pub fn is_to_come(&self, now: i64) -> bool {
        match self.drop.times.state {
            DropState::Draft => true,
            DropState::Planned => self.drop.times.phase(now) == Some(Phase::Before),
            DropState::CalledOff => false,
        }
    }

    /// In their order.
    pub fn lines(&self) -> impl Iterator<Item = OriginalLine<'_>> {
        self.lines.iter().filter_map(|line| {
            let product = line.product.as_ref().filter(|_| !line.is_archived)?;
            Some(OriginalLine {
                variant_id: &line.variant_id,
                product_id: &product.id,
                product_title: &product.title,
                variant_title: &line.variant_title,
                price_minor: line.price_minor.unwrap_or(line.usual_minor),
                units: line.units,
            })
        })
    }
}

/// The title of a planned drop that starts within the hour, or did and is not over.
pub async fn near(db: &Store, now: i64) -> Result<Option<String>> {
    let rows = store::rows(db).await?;
    let near = rows.into_iter().find(|row| is_near(row, now));
    Ok(near.map(|row| row.title))
}

fn is_near(row: &DropRow, now: i64) -> bool {
    row.state == DropState::Planned
        && row.closes_at.is_none_or(|end| now < end)
        && (row.opens_at - NEAR..row.opens_at + NEAR).contains(&now)
}

pub async fn original(db: &Store, slug: &str) -> Result<Option<Original>> {
    let Some(drop) = store::by_slug(db, slug).await? else {
        return Ok(None);
    };
    let room = admin_room(db, &drop.id).await?;
    Ok(Some(Original {
        lines: lines::of(db.reader(), &drop.id).await?,
        limits: limits::of_drop(db.reader(), &drop.id).await?,
        room: match room.switch {
            RoomSwitch::On => Some(OriginalRoom {
                per_minute: room.per_minute,
                minutes: room.minutes,
            }),
            RoomSwitch::Off => None,
        },
        drop,
    }))
}

/// Writes the drop with all of its units into another database, where it opens at this time; its id there.
/// `variants` names the variants there by those of the original; their units are on the shelf. Its waiting room, if it is
/// to have this one, is open to everybody.
pub async fn write(
    db: &Store,
    now: i64,
    (original, room): (&Original, Option<OriginalRoom>),
    variants: &BTreeMap<String, String>,
    opens_at: i64,
) -> Result<String> {
    let before = &original.drop;
    let drop = StoredDrop {
        id: new_id(),
        times: Times {
            state: DropState::Planned,
            state_at: now,
            // Shown from now on, or sold as ever until the start.
            reveal_at: before.times.reveal_at.map(|_| now),
            opens_at,
            closes_at: None,
            opened_at: None,
        },
        version: 1,
        ..before.clone()
    };
    let mut tx = db.begin().await?;
    store::write(&mut tx, now, None, &drop).await?;
    for line in &original.lines {
        let Some(variant_id) = variants.get(&line.variant_id) else {
            continue;
        };
        let line = StoredLine {
            variant_id: variant_id.clone(),
            remaining: line.units,
            ..line.clone()
        };
        lines::write(&mut tx, &drop.id, &line).await?;
        if line.tracked {
            let aside = -line.units;
            move_units(
                &mut tx,
                now,
                &drop.id,
                variant_id,
                aside,
                Some(COMMAND_LINE),
            )
            .await?;
        }
    }
    if let Some(OriginalRoom {
        per_minute,
        minutes,
    }) = room
    {
        open_to_all(&mut tx, &drop.id, per_minute, minutes).await?;
    }
    let key = facts::settle_in(&mut tx, Fact::BuyerKey, &new_secret()).await?;
    for limit in &original.limits {
        let Scope::OfDrop { variant_id, .. } = &limit.scope else {
            continue;
        };
        let Some(variant_id) = variants.get(variant_id) else {
            continue;
        };
        let scope = Scope::OfDrop {
            drop_id: drop.id.clone(),
            variant_id: variant_id.clone(),
        };
        let limit = (scope, limit.units, limit.days);
        limits::add(&mut tx, db.dialect(), now, &key, limit).await?;
    }
    let mut changes = ChangeSet::default();
    changes.drops();
    let written = lines::of(&mut *tx, &drop.id).await?;
    lines::refresh(&mut tx, db.dialect(), &written, &mut changes).await?;
    changes.commit(tx, db).await?;
    Ok(drop.id)
}

/// Units of a drop in orders.
pub async fn sold(db: &Store, drop_id: &str) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) AS n FROM order_lines l \
         JOIN orders o ON o.id = l.order_id WHERE o.status <> 'cancelled' AND l.drop_id = ",
    );
    sql.text(drop_id);
    sql.fetch_value(db.reader()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 100 * NEAR;

    fn row(state: DropState, closes_at: Option<i64>) -> DropRow {
        DropRow {
            id: String::new(),
            slug: String::new(),
            title: String::new(),
            state,
            opens_at: START,
            closes_at,
            units: 1,
            remaining: 1,
        }
    }

    #[test]
    fn a_drop_is_near_for_an_hour_before_its_start_and_after_it_unless_it_is_over() {
        let planned = row(DropState::Planned, None);
        for (now, near) in [
            (START - NEAR - 1, false),
            (START - NEAR, true),
            (START, true),
            (START + NEAR - 1, true),
            (START + NEAR, false),
        ] {
            assert_eq!(is_near(&planned, now), near, "{}", now - START);
        }
        let short = row(DropState::Planned, Some(START + 10));
        assert!(is_near(&short, START + 9));
        assert!(!is_near(&short, START + 10));
        for state in [DropState::Draft, DropState::CalledOff] {
            assert!(!is_near(&row(state, None), START));
        }
    }
}

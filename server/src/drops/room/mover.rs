//! Moving the number of places that are let in. Any node may do it: how far it goes follows from the room's row, so two
//! at once let in no more than one, and nothing is lost with the one that did it. A lease keeps the others from trying.

use std::time::Duration;

use futures_util::{StreamExt, stream};

use super::store;
use crate::{
    admission::{
        estimate::Counts,
        flow::{Placing, StepInputs, TICKET},
    },
    clock::Clock,
    coordination::{LockOutcome, Unavailable},
    error::Result,
    sale::terms::Phase,
    store::Store,
};

/// Between two steps.
pub const EVERY: Duration = Duration::from_secs(1);
/// Two steps that are closer are one, in milliseconds.
const LEAST_MS: i64 = 500;
/// For how long it counts that a node placed fewer orders than came, in milliseconds.
const STRAIN_MS: i64 = 3_000;
/// Longer than the steps of all rooms take.
const LEASE: Duration = Duration::from_secs(4);
const LIMIT: Duration = Duration::from_secs(4);
/// Rooms that are moved at a time: one whose row is locked holds up none of the others.
const AT_ONCE: usize = 4;

/// Moves all rooms for as long as it is polled; `lags` says whether orders are placed more slowly than they
/// come on this node.
pub async fn keep_moving(db: &Store, clock: &dyn Clock, lags: impl Fn() -> bool) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        every.tick().await;
        let placing = match lags() {
            true => Placing::Lags,
            false => Placing::KeepsUp,
        };
        let moved = tokio::time::timeout(LIMIT, tick(db, clock, placing)).await;
        let failed = match moved {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("it took too long".to_owned()),
        };
        // Said once, not every second.
        if let Some(error) = &failed
            && !failing
        {
            tracing::warn!(%error, "waiting rooms are not moved, and will be retried");
        }
        failing = failed.is_some();
    }
}

/// One step of all rooms that are open, if no other node is at it.
pub async fn tick(db: &Store, clock: &dyn Clock, placing: Placing) -> Result<()> {
    let open = store::open(db, clock.now()).await?;
    if open.is_empty() {
        return Ok(());
    }
    if placing == Placing::Lags {
        store::note_strain(db, clock.now()).await?;
    }
    let keys = ["waiting-rooms".to_owned()];
    let coordination = db.freshness().coordination();
    match coordination.try_lock(&keys, LEASE).await {
        Ok(LockOutcome::Held) => Ok(()),
        Ok(LockOutcome::Granted { token, .. }) => {
            let moved = move_all(db, clock, &open).await;
            // What is not given back ends by itself.
            let _ = coordination.unlock(&keys, &token).await;
            moved
        }
        // The rooms' rows are locked anyway.
        Err(Unavailable) => move_all(db, clock, &open).await,
    }
}

async fn move_all(db: &Store, clock: &dyn Clock, drops: &[String]) -> Result<()> {
    let moving = drops.iter().map(|drop_id| move_one(db, clock, drop_id));
    let moving: Vec<_> = moving.collect();
    let moving = stream::iter(moving).buffer_unordered(AT_ONCE);
    let moved: Vec<Result<()>> = moving.collect().await;
    moved.into_iter().collect()
}

async fn move_one(db: &Store, clock: &dyn Clock, drop_id: &str) -> Result<()> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    let locked = store::lock(&mut tx, dialect, clock, drop_id).await?;
    let due = locked.filter(|(room, now)| {
        let is_open = room.times.phase(*now) == Some(Phase::Open);
        let moved_at = room.flow.moved_at;
        // Not when a clock that has gone back comes there again: nobody would be let in until then.
        let is_due = moved_at.is_none_or(|at| *now < at || *now - at >= LEAST_MS);
        is_open && is_due
    });
    let Some((room, now)) = due else {
        tx.rollback().await?;
        return Ok(());
    };
    // The first after the start draws the places: from then on no ticket is one from before.
    // If the clock goes back, the seconds of those who come are counted on.
    let drawn_at = room
        .drawn_at
        .map_or(now, |at| at + room.flow.gone_back(now));
    let turn = room.flow.turn(now, room.rules);
    let (units, used) = store::there(&mut tx, drop_id, turn.lapsed_to()).await?;
    let late = store::buckets(&mut *tx, dialect, [drop_id]).await?;
    let buckets = store::with_early(&room, late.into_values().flatten().collect());
    let strained = room
        .strained_at
        .is_some_and(|at| (now - at).abs() < STRAIN_MS);
    let flow = turn.next(&StepInputs {
        rules: room.rules,
        buckets: &buckets,
        filling: room.filling(drawn_at, now),
        units,
        used,
        placing: match strained {
            true => Placing::Lags,
            false => Placing::KeepsUp,
        },
    });
    store::write(&mut tx, drop_id, drawn_at, &flow).await?;
    tx.commit().await?;
    let let_in = (flow.let_in - room.flow.let_in).max(0) / TICKET;
    metrics::counter!("holdfast_room_let_in_total").increment(let_in.unsigned_abs());
    let waiting = Counts::of(&buckets).waiting(flow.admitted_to);
    metrics::gauge!("holdfast_room_waiting").set(waiting as f64);
    metrics::gauge!("holdfast_room_inside").set(flow.inside(used) as f64 / TICKET as f64);
    Ok(())
}

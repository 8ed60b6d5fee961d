//! The report of a drop: worked out from its rows each time, and kept once in the audit log.

mod books;
mod sold;

use std::collections::BTreeMap;

use app::{
    drops::types::{AdminDrop, DropPhase},
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use desk::admin::drops::ports::{
    DropReport, End, Figures, Households, KeptReport, ListFigures, ReportState, RoomFigures, Waits,
    WatchedNode,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{live, text::Text};
use crate::{
    admin::fetched::Fetched,
    admission::place::{BUCKET_MS, bucket_at},
    audit_log,
    db::{Sql, from_row},
    drops::{ended_at, for_editor},
    error::{Error, Result},
    feature::Parts,
    store::Store,
};
use sold::Sold;

const ACTION: &str = "drop.report";

pub async fn report(parts: &Parts, id: &str) -> ShopResult<DropReport> {
    let drop = for_editor(parts, id).await?;
    let worth = match drop.phase {
        None | Some(DropPhase::Before | DropPhase::Open) => ReportState::TooEarly,
        Some(DropPhase::Over | DropPhase::CalledOff) => worked_out(&parts.db, &drop).await?,
    };
    Ok(DropReport {
        id: drop.id,
        title: drop.title,
        worth,
    })
}

async fn worked_out(db: &Store, drop: &AdminDrop) -> Result<ReportState> {
    let figures = figures(db, drop).await?;
    let text = figures.text();
    let kept = match kept_in(db.reader(), &drop.id).await? {
        Some(entry) => Some(compared(entry, &figures)?),
        None => None,
    };
    Ok(ReportState::Figures {
        digest: digest(&text),
        text,
        unpaid: live::unpaid(&drop.id).fetch_value(db.reader()).await?,
        kept,
        figures: Box::new(figures),
    })
}

/// As `sha256sum` has it.
fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

async fn figures(db: &Store, drop: &AdminDrop) -> Result<Figures> {
    let nodes = live::nodes(db, &drop.id).await?;
    let of_nodes = |of: fn(&WatchedNode) -> i64| nodes.iter().map(of).sum::<i64>();
    let sold = Sold::read(db, drop).await?;
    let mut refusals = BTreeMap::new();
    for (reason, count) in nodes.iter().flat_map(|node| &node.refusals) {
        *refusals.entry(*reason).or_default() += count;
    }
    let closed_at = drop
        .closes_at
        .filter(|_| drop.phase == Some(DropPhase::Over));
    let (ended_at, end) = match closed_at {
        Some(closed_at) => (closed_at, End::OnTime),
        None => (ended_at(db, &drop.id).await?, End::CalledOff),
    };
    let room = (!drop.room.commitment.is_empty()).then(|| RoomFigures {
        arrivals: of_nodes(|node| node.arrivals),
        let_in: drop.room.let_in,
    });
    Ok(Figures {
        title: drop.title.clone(),
        slug: drop.slug.clone(),
        currency: sold.currency().unwrap_or(&drop.currency).to_owned(),
        opens_at: drop.opens_at,
        ended_at,
        end,
        variants: sold.variants(drop),
        orders: sold.orders(drop.opens_at),
        refusals,
        busy: of_nodes(|node| node.busy),
        room,
        waits: waits(db, drop).await?,
        list: list(db, drop).await?,
        households: Households::of(sold.units_of_households().into_values()),
        ledger: books::ledger(db, drop, &sold).await?,
        payments: books::payments(db, drop, &sold, ended_at).await?,
    })
}

struct Use {
    place: i64,
    used_at: i64,
    drawn_at: i64,
}

from_row!(Use {
    place,
    used_at,
    drawn_at,
});

/// From the second in which a place was given out, or from the start for who came before it, to its order.
async fn waits(db: &Store, drop: &AdminDrop) -> Result<Option<Waits>> {
    let mut sql = Sql::new(
        "SELECT u.place, u.used_at, r.drawn_at FROM room_uses u JOIN drop_rooms r ON r.drop_id = u.drop_id \
         WHERE r.drawn_at IS NOT NULL AND u.drop_id = ",
    );
    sql.text(&drop.id);
    let uses: Vec<Use> = sql.fetch_all_as(db.reader()).await?;
    let waits = uses.iter().map(|one| {
        let since = match i64::from(bucket_at(one.place)) {
            0 => drop.opens_at,
            bucket => one.drawn_at + (bucket - 1) * BUCKET_MS,
        };
        (one.used_at - since).max(0)
    });
    Ok(Waits::of(waits.collect()))
}

from_row!(Fetched(ListFigures) {
    joined,
    offered,
    ordered,
});

/// Who has not confirmed an address was never on it. What is offered until the end lapses then.
async fn list(db: &Store, drop: &AdminDrop) -> Result<Option<ListFigures>> {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS joined, \
         COUNT(CASE WHEN state IN ('offered', 'lapsed', 'ordered') THEN 1 END) AS offered, \
         COUNT(CASE WHEN state = 'ordered' THEN 1 END) AS ordered FROM waits \
         WHERE state <> 'asked' AND drop_id = ",
    );
    sql.text(&drop.id);
    let Fetched(list): Fetched<ListFigures> = sql.fetch_one_as(db.reader()).await?;
    Ok(Some(list).filter(|list| list.joined > 0))
}

/// What was written down.
struct Entry {
    at: i64,
    actor: String,
    after_json: String,
}

from_row!(Entry {
    at,
    actor,
    after_json
});

async fn kept_in(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    id: &str,
) -> Result<Option<Entry>> {
    let mut sql = Sql::new(
        "SELECT at, actor, after_json FROM audit_entries WHERE subject_kind = 'drop' AND action = ",
    );
    sql.text(ACTION)
        .push(" AND subject_id = ")
        .text(id)
        .push(" ORDER BY at, id LIMIT 1");
    sql.fetch_optional_as(read).await
}

fn compared(entry: Entry, now: &Figures) -> Result<KeptReport> {
    let kept: Value = serde_json::from_str(&entry.after_json)?;
    let field = |name: &str| kept[name].as_str().unwrap_or_default().to_owned();
    let (text, kept_digest) = (field("report"), field("digest"));
    Ok(KeptReport {
        at: entry.at,
        actor: entry.actor,
        is_whole: digest(&text) == kept_digest,
        digest: kept_digest,
        differences: now.differences(&text),
    })
}

fn conflict(words: &str) -> ShopError {
    ShopError::new(ErrorKind::Conflict, words)
}

pub async fn keep(parts: &Parts, actor: &Account, id: &str) -> ShopResult<()> {
    let said = Text::from(locale());
    let DropReport { title, worth, .. } = report(parts, id).await?;
    let (text, digest) = match worth {
        ReportState::TooEarly => return Err(conflict(said.not_over())),
        ReportState::Figures { kept: Some(_), .. } => return Err(conflict(said.kept_already())),
        ReportState::Figures { unpaid, .. } if unpaid > 0 => return Err(conflict(said.not_paid())),
        ReportState::Figures { text, digest, .. } => (text, digest),
    };
    let db = &parts.db;
    let mut tx = db.begin().await?;
    if let Some(lock) = db.dialect().advisory_lock() {
        let name = format!("report of drop {id}");
        let locked = sqlx::query(lock).bind(name).fetch_all(&mut *tx);
        locked.await.map_err(Error::from)?;
    }
    // Another admin may have been quicker.
    if kept_in(&mut *tx, id).await?.is_some() {
        return Err(conflict(said.kept_already()));
    }
    let after = json!({ "title": title, "digest": digest, "report": text });
    let now = parts.clock.now();
    let subject = ("drop", id);
    audit_log::record(
        &mut tx,
        now,
        &actor.email,
        ACTION,
        subject,
        None,
        Some(after),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}

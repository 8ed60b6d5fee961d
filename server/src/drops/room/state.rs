//! A waiting room as it is in the database, and what follows from that.

use app::drops::room::{ROOM_MINUTES, RoomBinding};

use crate::{
    admission::{
        flow::{Flow, Rules},
        gate::Gate,
        place::{Secret, Seed, bucket_after, bucket_at},
        ticket::TicketId,
    },
    db::from_row,
    error::{Error, Result},
    sale::{
        lines::seed,
        terms::{Phase, Times},
    },
};

const MINUTE: i64 = 60 * 1000;

/// A room that is on, with how far it has come.
#[derive(Debug, Clone)]
pub struct Room {
    pub drop_id: String,
    pub slug: String,
    pub times: Times,
    pub binding: RoomBinding,
    pub rules: Rules,
    secret: String,
    mix: String,
    /// Tickets that were given out before the start.
    pub tickets: i64,
    pub drawn_at: Option<i64>,
    last_bucket: u32,
    pub flow: Flow,
    /// When a node last placed fewer orders than came.
    pub strained_at: Option<i64>,
}

/// For a `SELECT` from `drop_rooms r` that is joined with `drops d`, besides [`TIMES`](crate::sale::lines::TIMES).
pub(super) const COLUMNS: &str = "r.drop_id, r.binding, r.per_minute, r.minutes, r.secret, r.mix, r.tickets, r.drawn_at, \
    r.last_bucket, r.admitted_to, r.lapsed_to, r.let_in, r.pace, r.moved_at, r.steps, r.strained_at, d.slug";

from_row!(Room {
    drop_id,
    slug,
    times: row,
    binding,
    rules: row,
    secret,
    mix,
    tickets,
    drawn_at,
    last_bucket,
    flow: row,
    strained_at,
});

from_row!(Rules {
    per_minute,
    minutes
});

from_row!(Flow {
    admitted_to,
    lapsed_to,
    let_in,
    pace,
    moved_at,
    steps: json,
});

/// Where a ticket goes that is asked for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Before the start: into the bucket that all of them share.
    Early,
    /// Behind all who came before.
    Late { bucket: u32, drawn_at: i64 },
    /// None is given out.
    Closed,
}

impl Room {
    pub fn opens_at(&self) -> i64 {
        self.times.opens_at - ROOM_MINUTES * MINUTE
    }

    /// The first bucket into which tickets may come that are asked for now.
    pub fn filling(&self, drawn_at: i64, now: i64) -> u32 {
        let last = self.last_bucket.max(bucket_at(self.flow.admitted_to));
        bucket_after(drawn_at, now, last)
    }

    pub fn arrival(&self, now: i64) -> Arrival {
        let late = |drawn_at| Arrival::Late {
            bucket: self.filling(drawn_at, now),
            drawn_at,
        };
        match (self.times.phase(now), self.drawn_at) {
            (None | Some(Phase::Over), _) => Arrival::Closed,
            (Some(Phase::Before), None) if now < self.opens_at() => Arrival::Closed,
            (Some(Phase::Before), None) => Arrival::Early,
            (Some(Phase::Open), None) => late(now),
            (Some(Phase::Before | Phase::Open), Some(drawn_at)) => late(drawn_at),
        }
    }

    fn secret(&self) -> Result<Secret> {
        let secret = Secret::of_hex(&self.secret);
        secret.ok_or_else(|| Error::Invariant("a waiting room has no secret".to_owned()))
    }

    pub fn commitment(&self) -> Result<String> {
        Ok(self.secret()?.commitment())
    }

    /// Secret and mix, once places are drawn.
    pub fn revealed(&self) -> Option<(&str, &str)> {
        self.drawn_at
            .map(|_| (self.secret.as_str(), self.mix.as_str()))
    }

    pub fn seed(&self) -> Result<Option<Seed>> {
        let drawn = self.drawn_at.map(|_| seed(&self.secret, &self.mix));
        drawn.transpose()
    }

    pub fn gate(&self) -> Result<Gate> {
        Ok(Gate {
            seed: self.seed()?,
            admitted_to: self.flow.admitted_to,
            lapsed_to: self.flow.lapsed_to,
        })
    }

    /// What the ids of the tickets come to with these.
    pub(super) fn mixed(&self, ids: &[TicketId]) -> Result<TicketId> {
        let before = TicketId::of_hex(&self.mix);
        let before =
            before.ok_or_else(|| Error::Invariant("a waiting room has no mix".to_owned()))?;
        Ok(ids.iter().fold(before, |mix, id| mix.with(*id)))
    }
}

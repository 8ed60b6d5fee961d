//! What a node knows of all waiting rooms: read once a second for all who wait on it, whatever their number.

use std::{collections::HashMap, sync::Arc, time::Duration};

use app::drops::room::{Drawn, Proof, RoomState, TicketProof};
use tokio::time::Instant;

use super::{
    shared_read::SharedRead,
    state::Room,
    store::{self, StockedRoom},
};
use crate::{
    admission::{
        estimate::{self, Counts},
        flow::Bucket,
        gate::{Gate, TicketState},
        place::Place,
        ticket::Ticket,
    },
    clock::Clock,
    coordination::{Topic, VersionStamp},
    error::Result,
    sale::terms::Phase,
    store::Store,
};

/// The least time between two reads.
const EVERY: Duration = Duration::from_secs(1);
const EVERY_MS: u64 = 1_000;

/// A room as it was at one moment.
pub struct Board {
    pub room: Room,
    gate: Gate,
    counts: Counts,
    /// How many are let in per minute, as [`estimate::rate`] has it.
    rate: i64,
    /// Units that can be had.
    units: i64,
    /// Units that unpaid orders hold; asked for once nothing can be had any more.
    being_paid: i64,
}

/// Whether a ticket has ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketUse {
    Unused,
    Used,
}

impl Board {
    async fn of(db: &Store, stocked: StockedRoom, late: Vec<Bucket>) -> Result<Self> {
        let StockedRoom { room, units } = stocked;
        let being_paid = match units {
            0 => store::being_paid(db, &room.drop_id).await?,
            _ => 0,
        };
        Ok(Self {
            gate: room.gate()?,
            counts: Counts::of(&store::with_early(&room, late)),
            rate: estimate::rate(&room.flow, room.rules.per_minute),
            room,
            units,
            being_paid,
        })
    }

    pub const fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The state of a visitor whose ticket has this standing, or who has none.
    pub fn state(&self, standing: Option<TicketState>, used: TicketUse, now: i64) -> RoomState {
        let room = &self.room;
        let drawing = match standing {
            Some(_) => RoomState::Drawing {
                tickets: room.tickets,
            },
            None => RoomState::NoPlace,
        };
        match room.times.phase(now) {
            None | Some(Phase::Over) => return RoomState::Over,
            Some(Phase::Before) if now < room.opens_at() => {
                let opens_at = room.opens_at();
                return RoomState::Closed { opens_at };
            }
            Some(Phase::Before) => return drawing,
            Some(Phase::Open) => {}
        }
        if standing.is_some() && used == TicketUse::Used {
            return RoomState::Ordered;
        }
        if self.units <= 0 {
            let being_paid = self.being_paid;
            return RoomState::SoldOut { being_paid };
        }
        match standing {
            None => RoomState::NoPlace,
            Some(TicketState::Undrawn) => drawing,
            Some(TicketState::Waits(place)) => self.waiting(place),
            Some(TicketState::LetIn(place)) => RoomState::LetIn {
                until: self.until(place, now),
            },
            Some(TicketState::Lapsed) => RoomState::Lapsed,
        }
    }

    fn waiting(&self, place: Place) -> RoomState {
        let ahead = self.counts.ahead(place, self.room.flow.admitted_to);
        RoomState::Waiting {
            ahead,
            minutes: estimate::minutes(ahead, self.rate),
            units: self.units,
        }
    }

    fn until(&self, place: Place, now: i64) -> i64 {
        let until = self.room.flow.lasts_until(place.0, self.room.rules);
        // It was let in after the last step that is remembered, so not long ago.
        let moved_at = self.room.flow.moved_at.unwrap_or(now);
        until.unwrap_or(moved_at + self.room.rules.minutes * 60 * 1000)
    }

    pub fn proof(&self, ticket: Option<&Ticket>) -> Result<Proof> {
        let drawn = self.room.revealed().zip(self.gate.seed.as_ref());
        let drawn = drawn.map(|((secret, mix), seed)| Drawn {
            secret: secret.to_owned(),
            mix: mix.to_owned(),
            seed: seed.hex(),
        });
        let ticket = ticket.map(|ticket| TicketProof {
            id: ticket.id.hex(),
            bucket: ticket.bucket,
            number: self.gate.seed.as_ref().map(|seed| {
                let place = Place::of(seed, ticket.bucket, ticket.id);
                format!("{:08x}", place.number())
            }),
        });
        Ok(Proof {
            commitment: self.room.commitment()?,
            drawn,
            ticket,
        })
    }
}

/// What a node reads of all rooms at once.
struct BoardsRead {
    now: i64,
    /// The generation of drops under which it was read.
    stamp: Option<VersionStamp>,
    all: HashMap<String, Arc<Board>>,
}

impl BoardsRead {
    fn of_slug(&self, slug: &str) -> Option<Arc<Board>> {
        self.all.get(slug).cloned()
    }
}

pub struct Boards {
    db: Store,
    clock: Arc<dyn Clock>,
    last: SharedRead<Arc<BoardsRead>>,
}

impl Boards {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            last: SharedRead::default(),
        }
    }

    /// The room of a drop, as it was a second ago at most and, while nodes hear of each other, after every change of a
    /// drop.
    pub async fn of_slug(&self, slug: &str) -> Result<Option<Arc<Board>>> {
        let stamp = self.stamp().await;
        let does = |began: Instant, read: &Arc<BoardsRead>| {
            self.is_young(began, read) && (stamp.is_none() || read.stamp == stamp)
        };
        let read = self.last.get(does, self.read(stamp.clone())).await?;
        Ok(read.of_slug(slug))
    }

    /// The same as it was a second ago at most.
    pub async fn glance(&self, slug: &str) -> Result<Option<Arc<Board>>> {
        let does = |began: Instant, read: &Arc<BoardsRead>| self.is_young(began, read);
        if let Some(read) = self.last.known(does) {
            return Ok(read.of_slug(slug));
        }
        let stamp = self.stamp().await;
        let read = self.last.get(does, self.read(stamp)).await?;
        Ok(read.of_slug(slug))
    }

    async fn stamp(&self) -> Option<VersionStamp> {
        self.db.freshness().stamp(&[Topic::drops()]).await.ok()
    }

    fn is_young(&self, began: Instant, read: &BoardsRead) -> bool {
        began.elapsed() < EVERY && self.clock.now().abs_diff(read.now) < EVERY_MS
    }

    async fn read(&self, stamp: Option<VersionStamp>) -> Result<Arc<BoardsRead>> {
        let now = self.clock.now();
        let rooms = store::all(&self.db, now).await?;
        let drops: Vec<&str> = rooms
            .iter()
            .map(|stocked| stocked.room.drop_id.as_str())
            .collect();
        let mut late = match rooms.is_empty() {
            true => HashMap::new(),
            false => store::buckets(self.db.reader(), self.db.dialect(), drops).await?,
        };
        let mut all = HashMap::new();
        for stocked in rooms {
            let late = late.remove(&stocked.room.drop_id).unwrap_or_default();
            let slug = stocked.room.slug.clone();
            let board = Board::of(&self.db, stocked, late).await?;
            all.insert(slug, Arc::new(board));
        }
        metrics::counter!("holdfast_room_reads_total").increment(1);
        Ok(Arc::new(BoardsRead { now, stamp, all }))
    }
}

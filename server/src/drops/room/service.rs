//! What a visitor asks a waiting room for.

use std::sync::Arc;

use app::{
    drops::{
        ports::{Entry, Followed, Rooms},
        room::{RoomBinding, RoomState, RoomTold, WayIn},
    },
    email::Email,
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    tickets::Tickets,
};
use async_trait::async_trait;

use super::{
    boards::{Board, Boards, TicketUse},
    counter::Counter,
    early::Early,
    follower::{Follower, ticket_for},
    state::Arrival,
    store,
};
use crate::{
    admission::{
        gate::TicketState,
        keys::TicketKey,
        ticket::{Bound, Key, Ticket, TicketId, write_all},
        uses,
    },
    drops::{change::conflict, limits::RoomLimits, said},
    error::{Error, Result},
    feature::Parts,
    outbox::{Mail, queue},
    text::mailbox,
};

/// How long a code is good for at least, in milliseconds; at most twice as long.
const CODE_MS: i64 = 15 * 60 * 1000;
/// Longest address part that is looked up, in bytes.
const MAX_SLUG: usize = 4 * app::catalog::limits::MAX_SLUG;

pub struct RoomService {
    parts: Parts,
    boards: Arc<Boards>,
    counter: Counter,
    early: Early,
    key: TicketKey,
    limits: RoomLimits,
}

/// Whose a new ticket is.
struct Holder {
    id: TicketId,
    bound: Bound,
}

impl RoomService {
    /// Needs a Tokio runtime.
    pub fn new(parts: Parts) -> Self {
        Self {
            boards: Arc::new(Boards::new(parts.db.clone(), parts.clock.clone())),
            counter: Counter::open(parts.db.clone(), parts.clock.clone()),
            early: Early::default(),
            key: TicketKey::default(),
            limits: RoomLimits::new(),
            parts,
        }
    }

    async fn board(&self, slug: &str) -> ShopResult<Arc<Board>> {
        // Postgres takes no NUL in a text; none is asked here, and no such drop is there.
        if slug.len() > MAX_SLUG {
            return Err(ShopError::not_found());
        }
        let board = self.boards.of_slug(slug).await?;
        board.ok_or_else(ShopError::not_found)
    }

    /// Whether a ticket has ordered; asked of those alone that are let in, or may have been.
    async fn used(&self, standing: TicketState, ticket: &Ticket) -> Result<TicketUse> {
        match standing {
            TicketState::Undrawn | TicketState::Waits(_) => Ok(TicketUse::Unused),
            TicketState::LetIn(_) | TicketState::Lapsed => self.has_ordered(ticket).await,
        }
    }

    async fn has_ordered(&self, ticket: &Ticket) -> Result<TicketUse> {
        let db = &self.parts.db;
        let id = ticket.id.hex();
        let used = uses::of_tickets(db.reader(), db.dialect(), std::slice::from_ref(&id)).await?;
        match used.contains(&(ticket.drop_id.clone(), id)) {
            true => Ok(TicketUse::Used),
            false => Ok(TicketUse::Unused),
        }
    }

    async fn state(&self, board: &Board, ticket: Option<&Ticket>) -> Result<RoomState> {
        let standing = ticket.map(|ticket| board.gate().standing(ticket));
        let used = match standing.zip(ticket) {
            Some((standing, ticket)) => self.used(standing, ticket).await?,
            None => TicketUse::Unused,
        };
        Ok(board.state(standing, used, self.parts.clock.now()))
    }

    /// The address of an account, if its mailbox has proven itself.
    async fn proven(&self, account: Option<&Account>) -> Result<Option<String>> {
        match account {
            Some(account) => store::proven_address(&self.parts.db, &account.id).await,
            None => Ok(None),
        }
    }

    async fn way_in(&self, board: &Board, tickets: &Tickets) -> Result<WayIn> {
        match board.room.binding {
            RoomBinding::Nobody => Ok(WayIn::Free),
            RoomBinding::Mailbox => Ok(match self.proven(tickets.account.as_ref()).await? {
                Some(_) => WayIn::Free,
                None => WayIn::Code,
            }),
        }
    }

    async fn holder(
        &self,
        key: &Key,
        board: &Board,
        client: &str,
        (tickets, entry): (&Tickets, &Entry),
    ) -> ShopResult<Holder> {
        let email = match board.room.binding {
            RoomBinding::Nobody => {
                return Ok(Holder {
                    id: TicketId::random(),
                    bound: Bound::Nobody,
                });
            }
            RoomBinding::Mailbox => match self.proven(tickets.account.as_ref()).await? {
                // Each is counted, and an account needs no code.
                Some(email) => {
                    self.limits.take_place(client, &mailbox(&email))?;
                    email
                }
                None => self.by_code(key, board, client, entry)?,
            },
        };
        Ok(Holder {
            id: key.ticket_of(&board.room.drop_id, &mailbox(&email)),
            bound: Bound::Mailbox,
        })
    }

    /// The address that a code was mailed to, if this is the code.
    fn by_code(&self, key: &Key, board: &Board, client: &str, entry: &Entry) -> ShopResult<String> {
        let email = mailable(&entry.email)?;
        let mailbox = mailbox(&email);
        self.limits.try_code(client, &mailbox)?;
        let stretch = self.parts.clock.now().div_euclid(CODE_MS);
        let typed = entry.code.trim();
        let codes = [stretch, stretch - 1].map(|at| key.code(&board.room.drop_id, &mailbox, at));
        match codes.iter().any(|code| code == typed) {
            true => Ok(email),
            false => Err(ShopError::field("room_code", said().code_wrong())),
        }
    }
}

fn mailable(email: &str) -> ShopResult<String> {
    let email = Email::mailable(email).map_err(|fault| ShopError::field("email", fault.words()))?;
    Ok(email.shown())
}

/// The code that is mailed now.
pub fn code_at(key: &Key, now: i64, drop_id: &str, email: &str) -> String {
    key.code(drop_id, &mailbox(email), now.div_euclid(CODE_MS))
}

#[async_trait]
impl Rooms for RoomService {
    async fn look(&self, slug: &str, tickets: &Tickets) -> ShopResult<RoomTold> {
        let board = self.board(slug).await?;
        let theirs = self.key.read(&self.parts.db, tickets).await?;
        let ticket = ticket_for(&board, &theirs);
        Ok(RoomTold {
            state: self.state(&board, ticket).await?,
            way_in: self.way_in(&board, tickets).await?,
            proof: board.proof(ticket)?,
        })
    }

    async fn follow(&self, slug: &str, tickets: &Tickets) -> ShopResult<Box<dyn Followed>> {
        let board = self.boards.glance(slug).await?;
        board.ok_or_else(ShopError::not_found)?;
        let theirs = self.key.read(&self.parts.db, tickets).await?;
        let (boards, clock) = (self.boards.clone(), self.parts.clock.clone());
        Ok(Box::new(Follower::new(boards, clock, slug, theirs)))
    }

    async fn send_code(&self, client: &str, slug: &str, email: &str) -> ShopResult<()> {
        let board = self.board(slug).await?;
        let email = mailable(email)?;
        let now = self.parts.clock.now();
        if !may_enter(&board.state(None, TicketUse::Unused, now)) {
            return Err(conflict(said().room_not_open()));
        }
        self.limits.send_code(client, &mailbox(&email))?;
        let db = &self.parts.db;
        let mail = Mail::RoomCode {
            drop_id: board.room.drop_id.clone(),
            email,
        };
        let mut tx = db.begin().await?;
        queue(&mut tx, db.dialect(), now, &mail).await?;
        tx.commit().await.map_err(Error::from)?;
        Ok(())
    }

    async fn enter(&self, client: &str, tickets: &Tickets, entry: Entry) -> ShopResult<String> {
        let board = self.board(&entry.slug).await?;
        let key = self.key.get(&self.parts.db).await?;
        let before = self.key.read(&self.parts.db, tickets).await?;
        if let Some(ticket) = ticket_for(&board, &before) {
            let state = self.state(&board, Some(ticket)).await?;
            let is_over = matches!(state, RoomState::Lapsed | RoomState::Ordered);
            if !is_over {
                return written(&key, ticket, &before);
            }
        }
        let state = board.state(None, TicketUse::Unused, self.parts.clock.now());
        if !may_enter(&state) {
            return Err(conflict(said().room_not_open()));
        }
        let asked = (tickets, &entry);
        let Holder { id, bound } = self.holder(&key, &board, client, asked).await?;
        let mut ticket = Ticket {
            drop_id: board.room.drop_id.clone(),
            id,
            bucket: 0,
            bound,
        };
        if bound == Bound::Mailbox && self.has_ordered(&ticket).await? == TicketUse::Used {
            return Err(conflict(said().has_ordered()));
        }
        // In another browser, or in one that has lost its cookie.
        if self.early.has(id) && board.gate().standing(&ticket) != TicketState::Lapsed {
            return written(&key, &ticket, &before);
        }
        ticket.bucket = match self.counter.count(&ticket.drop_id, id).await {
            Ok(Arrival::Early) => {
                if bound == Bound::Mailbox {
                    self.early.remember(id);
                }
                0
            }
            Ok(Arrival::Late { bucket, .. }) => bucket,
            Ok(Arrival::Closed) => return Err(conflict(said().room_not_open())),
            Err(Error::Busy) => return Err(ShopError::of(ErrorKind::Busy)),
            Err(error) => return Err(error.into()),
        };
        written(&key, &ticket, &before)
    }
}

/// Whether a visitor in this state may be given a place.
const fn may_enter(state: &RoomState) -> bool {
    matches!(state, RoomState::NoPlace)
}

fn written(key: &Key, ticket: &Ticket, before: &[Ticket]) -> ShopResult<String> {
    write_all(key, ticket, before).ok_or_else(ShopError::internal)
}

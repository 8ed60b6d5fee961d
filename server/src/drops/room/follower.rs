//! One visitor who stays in a waiting room: what is known of them for good is kept, and what all share is looked up.

use std::sync::Arc;

use app::{
    drops::{ports::Followed, room::RoomState},
    error::{ShopError, ShopResult},
};
use async_trait::async_trait;

use super::boards::{Board, Boards, TicketUse};
use crate::{
    admission::{gate::TicketState, place::Place, ticket::Ticket},
    clock::Clock,
};

pub struct Follower {
    boards: Arc<Boards>,
    clock: Arc<dyn Clock>,
    slug: Box<str>,
    tickets: Box<[Held]>,
}

/// A ticket whose signature was looked at.
struct Held {
    ticket: Ticket,
    /// Once places are drawn.
    place: Option<Place>,
}

impl Follower {
    pub fn new(
        boards: Arc<Boards>,
        clock: Arc<dyn Clock>,
        slug: &str,
        tickets: Vec<Ticket>,
    ) -> Self {
        let held = tickets.into_iter().map(|ticket| Held {
            ticket,
            place: None,
        });
        Self {
            boards,
            clock,
            slug: slug.into(),
            tickets: held.collect(),
        }
    }

    fn standing(&mut self, board: &Board) -> Option<TicketState> {
        let mut tickets = self.tickets.iter_mut();
        let held = tickets.find(|held| held.ticket.drop_id == board.room.drop_id)?;
        if held.place.is_none() {
            held.place = board.gate().place(&held.ticket);
        }
        Some(match held.place {
            Some(place) => board.gate().standing_at(place),
            None => TicketState::Undrawn,
        })
    }
}

#[async_trait]
impl Followed for Follower {
    async fn state(&mut self) -> ShopResult<RoomState> {
        let board = self.boards.glance(&self.slug).await?;
        let board = board.ok_or_else(ShopError::not_found)?;
        let standing = self.standing(&board);
        Ok(board.state(standing, TicketUse::Unused, self.clock.now()))
    }
}

/// The ticket for a room among these.
pub fn ticket_for<'a>(board: &Board, tickets: &'a [Ticket]) -> Option<&'a Ticket> {
    let mut tickets = tickets.iter();
    tickets.find(|ticket| ticket.drop_id == board.room.drop_id)
}

//! Whether a ticket is let in now.

use super::{
    place::{Place, Seed},
    ticket::Ticket,
};

/// How far the waiting room of a drop is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// `None` before places are drawn: nobody is let in.
    pub seed: Option<Seed>,
    /// See [`Flow`](super::flow::Flow).
    pub admitted_to: i64,
    pub lapsed_to: i64,
}

/// The state of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketState {
    /// Places are not drawn yet.
    Undrawn,
    Waits(Place),
    LetIn(Place),
    /// It was let in, and did not order in time.
    Lapsed,
}

impl Gate {
    pub fn standing(&self, ticket: &Ticket) -> TicketState {
        match self.place(ticket) {
            Some(place) => self.standing_at(place),
            None => TicketState::Undrawn,
        }
    }

    /// The place of a ticket, which never changes; `None` before places are drawn.
    pub fn place(&self, ticket: &Ticket) -> Option<Place> {
        let seed = self.seed.as_ref()?;
        Some(Place::of(seed, ticket.bucket, ticket.id))
    }

    /// The state of a ticket that has this place.
    pub const fn standing_at(&self, place: Place) -> TicketState {
        match place.0 {
            at if at < self.lapsed_to => TicketState::Lapsed,
            at if at < self.admitted_to => TicketState::LetIn(place),
            _ => TicketState::Waits(place),
        }
    }

    /// The place of the ticket for this drop that is let in, if there is one among these.
    pub fn let_in(&self, drop_id: &str, tickets: &[Ticket]) -> Option<Pass> {
        let mut tickets = tickets.iter();
        let ticket = tickets.find(|ticket| ticket.drop_id == drop_id)?;
        match self.standing(ticket) {
            TicketState::LetIn(place) => Some(Pass {
                drop_id: drop_id.to_owned(),
                ticket_id: ticket.id.hex(),
                place,
            }),
            TicketState::Undrawn | TicketState::Waits(_) | TicketState::Lapsed => None,
        }
    }
}

/// What lets one order of a drop through, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    pub drop_id: String,
    pub ticket_id: String,
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admission::{
        place::Secret,
        ticket::{Bound, TicketId},
    };

    #[test]
    fn a_ticket_is_let_in_between_two_numbers_and_for_its_drop_alone() {
        let ticket = Ticket {
            drop_id: "d".to_owned(),
            id: TicketId([1; 16]),
            bucket: 5,
            bound: Bound::Nobody,
        };
        let seed = Seed::drawn(&Secret::random(), TicketId([2; 16]));
        let place = Place::of(&seed, 5, ticket.id);
        let gate = |lapsed_to, admitted_to| Gate {
            seed: Some(seed),
            admitted_to,
            lapsed_to,
        };
        let standing = |lapsed_to, admitted_to| gate(lapsed_to, admitted_to).standing(&ticket);
        assert_eq!(standing(0, place.0), TicketState::Waits(place));
        assert_eq!(standing(0, place.0 + 1), TicketState::LetIn(place));
        assert_eq!(standing(place.0, place.0 + 1), TicketState::LetIn(place));
        assert_eq!(standing(place.0 + 1, place.0 + 1), TicketState::Lapsed);
        let undrawn = Gate {
            seed: None,
            ..gate(0, i64::MAX)
        };
        assert_eq!(undrawn.standing(&ticket), TicketState::Undrawn);
        let open = gate(0, i64::MAX);
        let pass = open.let_in("d", std::slice::from_ref(&ticket)).unwrap();
        assert_eq!((pass.ticket_id, pass.place), (ticket.id.hex(), place));
        assert_eq!(open.let_in("e", &[ticket]), None);
    }
}

//! Which mailboxes have a place from before the start: asked for again, it is the same place, and is not counted once more.
//!
//! It is remembered by each node while it runs, for nothing is kept of those who wait. What is forgotten is counted again,
//! as a place that nobody uses.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::admission::ticket::TicketId;

/// Tickets that are remembered at most; each is of one drop, and has 16 bytes.
const MOST: usize = 200_000;

#[derive(Default)]
pub struct Early(Mutex<HashSet<TicketId>>);

impl Early {
    pub fn remember(&self, id: TicketId) {
        let mut known = self.known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(id);
    }

    pub fn has(&self, id: TicketId) -> bool {
        self.known().contains(&id)
    }

    fn known(&self) -> MutexGuard<'_, HashSet<TicketId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_are_remembered_than_there_is_room_for() {
        let early = Early::default();
        let id = |n: usize| TicketId((n as u128).to_be_bytes());
        for n in 0..=MOST {
            early.remember(id(n));
        }
        assert!(early.has(id(MOST)) && !early.has(id(0)));
        assert_eq!(early.known().len(), 1);
    }
}

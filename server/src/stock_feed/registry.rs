//! How many may be kept informed at once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many shoppers one node keeps informed at once. The others ask now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub node: usize,
    pub client: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            node: 2_000,
            client: 20,
        }
    }
}

/// What they are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Streams {
    Stock,
    /// Waiting rooms of drops.
    Rooms,
}

impl Limits {
    /// Those who wait for a drop stay, many of them behind one address, and are sent no file. Of the `connections` that a
    /// node takes then, a sixteenth is left to those who are let in.
    pub const fn of_rooms(connections: usize) -> Self {
        Self {
            node: connections - connections / 16,
            client: 500,
        }
    }
}

#[derive(Clone)]
pub struct Registry(Arc<Subscriptions>);

struct Subscriptions {
    streams: Streams,
    limits: Limits,
    taken: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    all: usize,
    by_client: HashMap<String, usize>,
}

impl Registry {
    pub fn new(streams: Streams, limits: Limits) -> Self {
        let taken = Mutex::default();
        Self(Arc::new(Subscriptions {
            streams,
            limits,
            taken,
        }))
    }

    /// `None` when all seats are taken, or all that one client may have.
    pub fn take(&self, client: &str) -> Option<Subscription> {
        let limits = self.0.limits;
        let mut taken = self.0.taken();
        let of_client = taken.by_client.get(client).copied().unwrap_or_default();
        if taken.all >= limits.node || of_client >= limits.client {
            return None;
        }
        taken.all += 1;
        taken.by_client.insert(client.to_owned(), of_client + 1);
        self.0.streams.count(taken.all);
        Some(Subscription {
            registered: self.0.clone(),
            client: client.to_owned(),
        })
    }
}

impl Subscriptions {
    fn taken(&self) -> MutexGuard<'_, Counts> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One shopper's place among those who are kept informed, given back when it is dropped.
pub struct Subscription {
    registered: Arc<Subscriptions>,
    client: String,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut taken = self.registered.taken();
        taken.all -= 1;
        self.registered.streams.count(taken.all);
        if let Some(of_client) = taken.by_client.get_mut(&self.client) {
            *of_client -= 1;
            if *of_client == 0 {
                taken.by_client.remove(&self.client);
            }
        }
    }
}

impl Streams {
    fn count(self, open: usize) {
        let gauge = match self {
            Self::Stock => metrics::gauge!("holdfast_stock_streams"),
            Self::Rooms => metrics::gauge!("holdfast_room_streams"),
        };
        gauge.set(open as f64);
    }
}

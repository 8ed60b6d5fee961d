//! Who is connected, and who makes room when there is none left.
//!
//! Only who comes while all others are at work is refused. Before that, the connection goes that has
//! done nothing for longest: those that do nothing keep nobody out, not even their neighbours
//! behind the same address.

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::Instant,
};

use metrics::gauge;
use tokio_util::sync::CancellationToken;

use super::{
    incidents::Incident,
    limits::{ConnectionLimits, FILES_PER_CONNECTION},
};
use crate::http::visitor::network;

/// What one connection is doing. It is written by the connection alone and read by one that looks for
/// room, so what is read may be a moment old.
#[derive(Debug)]
pub struct Pressure {
    /// The same for all, so that their times can be compared.
    epoch: Instant,
    /// Requests that are being answered, and writes that wait for the client.
    at_work: AtomicUsize,
    /// In microseconds since the epoch.
    quiet_since: AtomicU64,
    has_asked: AtomicBool,
    has_stalled: AtomicBool,
}

impl Pressure {
    pub fn new(epoch: Instant) -> Self {
        Self {
            epoch,
            at_work: AtomicUsize::new(0),
            quiet_since: AtomicU64::new(micros_since(epoch)),
            has_asked: AtomicBool::new(false),
            has_stalled: AtomicBool::new(false),
        }
    }

    /// Something to do, as long as what is returned is there.
    pub fn begin(self: &Arc<Self>) -> Work {
        self.has_asked.store(true, Relaxed);
        self.at_work.fetch_add(1, Relaxed);
        Work(self.clone())
    }

    pub fn is_quiet(&self) -> bool {
        self.at_work.load(Relaxed) == 0
    }

    /// Since when it does nothing, if that is so.
    fn quiet_since(&self) -> Option<u64> {
        self.is_quiet().then(|| self.quiet_since.load(Relaxed))
    }

    /// Whether there ever was a request.
    pub fn has_asked(&self) -> bool {
        self.has_asked.load(Relaxed)
    }

    pub fn stall(&self) {
        self.has_stalled.store(true, Relaxed);
    }

    pub fn has_stalled(&self) -> bool {
        self.has_stalled.load(Relaxed)
    }
}

fn micros_since(epoch: Instant) -> u64 {
    u64::try_from(epoch.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// A request that is being answered, or a write that waits.
#[derive(Debug)]
pub struct Work(Arc<Pressure>);

impl Drop for Work {
    fn drop(&mut self) {
        let line = &self.0;
        line.quiet_since.store(micros_since(line.epoch), Relaxed);
        line.at_work.fetch_sub(1, Relaxed);
    }
}

/// The places of one node.
#[derive(Clone)]
pub struct Places {
    limits: ConnectionLimits,
    epoch: Instant,
    taken: Arc<Mutex<PlacesTaken>>,
}

#[derive(Default)]
struct PlacesTaken {
    total: usize,
    /// That all of them may hold.
    files: usize,
    /// Number of the connection that came last.
    last: u64,
    of: HashMap<IpAddr, HashMap<u64, Entry>>,
}

struct Entry {
    line: Arc<Pressure>,
    leave: CancellationToken,
    /// That it may hold.
    files: usize,
}

/// How a connection got its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Free,
    /// Another connection is told to go.
    Evicting,
}

/// A connection's place, given back when this is dropped.
pub struct Place {
    pub line: Arc<Pressure>,
    /// Cancelled when the node closes, or when the connection is to make room.
    pub leave: CancellationToken,
    held: Held,
}

/// Names a connection among those that have a place.
#[derive(Clone)]
pub struct Held {
    network: IpAddr,
    number: u64,
    taken: Arc<Mutex<PlacesTaken>>,
}

/// As long as this is there, a connection is sent no file.
pub struct Fileless(Held);

impl Places {
    pub fn new(limits: ConnectionLimits) -> Self {
        Self {
            limits,
            epoch: Instant::now(),
            taken: Arc::default(),
        }
    }

    /// A place for a connection from this address, which ends with `closing` at the latest.
    pub fn take(
        &self,
        address: IpAddr,
        closing: &CancellationToken,
    ) -> Result<(Place, Admission), Incident> {
        let network = network(address);
        let mut taken = lock(&self.taken);
        let admission = if taken.count_of(network) >= self.limits.network {
            let number = taken.quietest_of(network).ok_or(Incident::NetworkFull)?;
            taken.send_away(network, number);
            Admission::Evicting
        } else if taken.total >= self.limits.node
            || taken.files + FILES_PER_CONNECTION > self.limits.files
        {
            let (network, number) = taken.quietest().ok_or(Incident::NodeFull)?;
            taken.send_away(network, number);
            Admission::Evicting
        } else {
            Admission::Free
        };
        let line = Arc::new(Pressure::new(self.epoch));
        let leave = closing.child_token();
        let number = taken.add(
            network,
            Entry {
                line: line.clone(),
                leave: leave.clone(),
                files: FILES_PER_CONNECTION,
            },
        );
        let held = Held {
            network,
            number,
            taken: self.taken.clone(),
        };
        let place = Place { line, leave, held };
        Ok((place, admission))
    }
}

impl PlacesTaken {
    fn count_of(&self, network: IpAddr) -> usize {
        self.of.get(&network).map_or(0, HashMap::len)
    }

    fn add(&mut self, network: IpAddr, entry: Entry) -> u64 {
        self.last += 1;
        self.total += 1;
        self.files += entry.files;
        self.of.entry(network).or_default().insert(self.last, entry);
        gauge!("holdfast_connections").increment(1.0);
        self.last
    }

    fn remove(&mut self, network: IpAddr, number: u64) -> Option<Entry> {
        let of_network = self.of.get_mut(&network)?;
        let entry = of_network.remove(&number)?;
        if of_network.is_empty() {
            self.of.remove(&network);
        }
        self.total -= 1;
        self.files -= entry.files;
        gauge!("holdfast_connections").decrement(1.0);
        Some(entry)
    }

    /// One that was sent away holds nothing any more.
    fn may_hold(&mut self, network: IpAddr, number: u64, files: usize) {
        let of_network = self.of.get_mut(&network);
        if let Some(entry) = of_network.and_then(|of| of.get_mut(&number)) {
            self.files = self.files - entry.files + files;
            entry.files = files;
        }
    }

    /// Its place is free at once: it goes as soon as it hears of it, or has answered what it was
    /// asked meanwhile.
    fn send_away(&mut self, network: IpAddr, number: u64) {
        if let Some(entry) = self.remove(network, number) {
            entry.leave.cancel();
        }
    }

    fn quietest_of(&self, network: IpAddr) -> Option<u64> {
        let of_network = self.of.get(&network)?;
        quietest_in(of_network).map(|(_, number)| number)
    }

    fn quietest(&self) -> Option<(IpAddr, u64)> {
        let each = self.of.iter().filter_map(|(network, lines)| {
            let (since, number) = quietest_in(lines)?;
            Some((since, *network, number))
        });
        each.min().map(|(_, network, number)| (network, number))
    }
}

/// Which of them has done nothing for longest, and since when.
fn quietest_in(lines: &HashMap<u64, Entry>) -> Option<(u64, u64)> {
    lines
        .iter()
        .filter_map(|(number, entry)| Some((entry.line.quiet_since()?, *number)))
        .min()
}

impl Place {
    pub fn held(&self) -> Held {
        self.held.clone()
    }
}

impl Held {
    /// Makes room for others while what is sent is no file.
    pub fn without_files(self) -> Fileless {
        self.may_hold(1);
        Fileless(self)
    }

    fn may_hold(&self, files: usize) {
        lock(&self.taken).may_hold(self.network, self.number, files);
    }
}

impl Drop for Fileless {
    fn drop(&mut self) {
        // It may ask for a file next.
        self.0.may_hold(FILES_PER_CONNECTION);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Held {
            network,
            number,
            taken,
        } = &self.held;
        lock(taken).remove(*network, *number);
    }
}

fn lock(taken: &Mutex<PlacesTaken>) -> MutexGuard<'_, PlacesTaken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Who is connected, and who makes room when there is none left.
//!
//! Only who comes while all others are at work is refused. Before that, the connection goes that has
//! done nothing for longest: those that only lie there keep nobody out, not even their neighbours
//! behind the same address.

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

use super::{incidents::Incident, limits::ConnectionLimits};
use crate::http::visitor::network;

/// What one connection is doing. It is written by the connection alone and read by whoever looks for
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
    /// Number of the connection that came last.
    last: u64,
    of: HashMap<IpAddr, HashMap<u64, Entry>>,
}

struct Entry {
    line: Arc<Pressure>,
    leave: CancellationToken,
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
    network: IpAddr,
    number: u64,
    taken: Arc<Mutex<PlacesTaken>>,
}

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
        } else if taken.total >= self.limits.node {
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
            },
        );
        let place = Place {
            line,
            leave,
            network,
            number,
            taken: self.taken.clone(),
        };
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
        gauge!("holdfast_connections").decrement(1.0);
        Some(entry)
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

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.taken).remove(self.network, self.number);
    }
}

fn lock(taken: &Mutex<PlacesTaken>) -> MutexGuard<'_, PlacesTaken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(node: usize, network: usize) -> Places {
        Places::new(ConnectionLimits {
            node,
            network,
            ..ConnectionLimits::default()
        })
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([203, 0, 113, last])
    }

    fn take(places: &Places, last: u8) -> Result<(Place, Admission), Incident> {
        places.take(address(last), &CancellationToken::new())
    }

    #[test]
    fn one_network_cannot_take_the_places_of_others() {
        let places = places(10, 2);
        let (one, _) = take(&places, 1).unwrap();
        let (two, _) = take(&places, 1).unwrap();
        let _work = (one.line.begin(), two.line.begin());
        let refused = take(&places, 1).map(|(_, admission)| admission);
        assert_eq!(refused, Err(Incident::NetworkFull));
        let (_other, admission) = take(&places, 2).unwrap();
        assert_eq!(admission, Admission::Free);
        drop(one);
        assert_eq!(
            take(&places, 1).map(|(_, admission)| admission),
            Ok(Admission::Free)
        );
    }

    #[test]
    fn all_addresses_of_a_household_are_one_network() {
        let places = places(10, 1);
        let closing = CancellationToken::new();
        let first = places.take("2001:db8::1".parse().unwrap(), &closing);
        let (first, _) = first.unwrap();
        let _work = first.line.begin();
        let second = places.take("2001:db8::2".parse().unwrap(), &closing);
        assert!(second.is_err());
        let mapped = places.take("::ffff:203.0.113.1".parse().unwrap(), &closing);
        let (mapped, _) = mapped.unwrap();
        let _work = mapped.line.begin();
        assert!(take(&places, 1).is_err());
    }

    #[test]
    fn who_did_nothing_for_longest_makes_room_and_who_is_at_work_stays() {
        let places = places(3, 3);
        let [(busy, _), (first, _), (second, _)] = [1, 1, 2].map(|n| take(&places, n).unwrap());
        let _work = busy.line.begin();
        // The first one has just been answered.
        first.line.quiet_since.store(2, Relaxed);
        second.line.quiet_since.store(1, Relaxed);
        let (third, admission) = take(&places, 3).unwrap();
        third.line.quiet_since.store(3, Relaxed);
        assert_eq!(admission, Admission::Evicting);
        assert!(second.leave.is_cancelled());
        let (_fourth, admission) = take(&places, 4).unwrap();
        assert_eq!(admission, Admission::Evicting);
        assert!(first.leave.is_cancelled() && !busy.leave.is_cancelled());
        // Those who left give nothing back that they do not have any more.
        drop((first, second));
        assert_eq!(lock(&places.taken).total, 3);
    }

    #[test]
    fn a_node_with_nobody_idle_refuses() {
        let places = places(1, 1);
        let (only, _) = take(&places, 1).unwrap();
        let work = only.line.begin();
        let refused = take(&places, 2).map(|(_, admission)| admission);
        assert_eq!(refused, Err(Incident::NodeFull));
        drop(work);
        assert_eq!(
            take(&places, 2).map(|(_, admission)| admission),
            Ok(Admission::Evicting)
        );
    }
}

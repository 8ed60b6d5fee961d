//! Load: a number of connections that call as fast as they are answered.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use super::{
    client::Connection,
    cpu::{Used, Watched},
};

/// What is sent.
pub enum Requests {
    /// Each of these over and over.
    Again(Vec<Vec<u8>>),
    /// Each of these once; the load ends with the last.
    Once(Vec<Vec<u8>>),
}

pub struct Load {
    pub address: SocketAddr,
    pub connections: usize,
    /// Not counted.
    pub warm_up: Duration,
    pub time: Duration,
}

/// What was counted while the load was measured.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// Answers by status; 0 is a connection that broke.
    pub statuses: BTreeMap<u16, usize>,
    pub seconds: f64,
    /// Microseconds, in rising order.
    latencies: Vec<u32>,
    pub cpu: Used,
}

impl Measured {
    /// From what was counted by other means than [`run`]; latencies in any order.
    pub fn new(
        statuses: BTreeMap<u16, usize>,
        seconds: f64,
        mut latencies: Vec<u32>,
        cpu: Used,
    ) -> Self {
        latencies.sort_unstable();
        Self {
            statuses,
            seconds,
            latencies,
            cpu,
        }
    }

    /// Of several that were measured at the same time; each has seen the whole machine.
    pub fn together(all: Vec<Self>) -> Self {
        let mut sum = Self::default();
        for one in all {
            if sum.latencies.is_empty() {
                sum.cpu = one.cpu;
            }
            sum.seconds = sum.seconds.max(one.seconds);
            sum.latencies.extend(one.latencies);
            for (status, count) in one.statuses {
                *sum.statuses.entry(status).or_default() += count;
            }
        }
        Self::new(sum.statuses, sum.seconds, sum.latencies, sum.cpu)
    }

    pub fn count(&self, status: u16) -> usize {
        self.statuses.get(&status).copied().unwrap_or_default()
    }

    /// Answers of this status in a second.
    pub fn rate(&self, status: u16) -> f64 {
        self.count(status) as f64 / self.seconds
    }

    /// The time within which this share of the calls was answered, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.latencies.get(at).copied().unwrap_or_default() as f64 / 1000.0
    }

    /// Microseconds, in rising order.
    pub fn latencies(&self) -> &[u32] {
        &self.latencies
    }

    pub fn mean_ms(&self) -> f64 {
        let sum: f64 = self.latencies.iter().map(|micros| f64::from(*micros)).sum();
        sum / self.latencies.len().max(1) as f64 / 1000.0
    }

    /// Answers that were not of this status, as a note; empty if there were none.
    pub fn others_than(&self, status: u16) -> String {
        let others = self.statuses.iter().filter(|(other, _)| **other != status);
        others
            .map(|(other, count)| format!("{count} × {other}"))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

struct Shared {
    requests: Requests,
    next: AtomicUsize,
    counted_from: Instant,
    until: Instant,
}

impl Shared {
    fn next(&self) -> Option<&[u8]> {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        let found = match &self.requests {
            Requests::Again(each) => each.get(at % each.len()),
            Requests::Once(each) => each.get(at),
        };
        found.map(Vec::as_slice)
    }
}

#[derive(Default)]
struct Counted {
    statuses: BTreeMap<u16, usize>,
    latencies: Vec<u32>,
    ended: Option<Instant>,
}

/// Loads an address and counts what is answered after the warm-up.
pub async fn run(load: &Load, requests: Requests, watched: &[Watched]) -> Measured {
    let mut connections = Vec::with_capacity(load.connections);
    for _ in 0..load.connections {
        let opened = Connection::open(load.address).await;
        connections.push(opened.expect("the server takes connections"));
    }
    let counted_from = Instant::now() + load.warm_up;
    let shared = Arc::new(Shared {
        requests,
        next: AtomicUsize::new(0),
        counted_from,
        until: counted_from + load.time,
    });
    let mut calling = JoinSet::new();
    for connection in connections {
        calling.spawn(call_on(connection, shared.clone()));
    }
    tokio::time::sleep_until(counted_from.into()).await;
    let before = Used::now(watched);

    let mut all = Counted::default();
    while let Some(counted) = calling.join_next().await {
        let counted = counted.expect("a connection's task ends well");
        all.latencies.extend(counted.latencies);
        for (status, count) in counted.statuses {
            *all.statuses.entry(status).or_default() += count;
        }
        all.ended = all.ended.max(counted.ended);
    }
    let cpu = Used::now(watched).since(&before);
    let ended = all.ended.map_or(shared.until, |at| at.min(shared.until));
    let time = ended.saturating_duration_since(counted_from);
    Measured::new(all.statuses, time.as_secs_f64(), all.latencies, cpu)
}

async fn call_on(mut connection: Connection, shared: Arc<Shared>) -> Counted {
    let mut counted = Counted::default();
    while let Some(request) = shared.next() {
        let asked = Instant::now();
        let status = match connection.call(request).await {
            Ok(answer) => answer.status,
            Err(_) => 0,
        };
        let now = Instant::now();
        if now >= shared.until {
            counted.ended = Some(shared.until);
            break;
        }
        counted.ended = Some(now);
        if now >= shared.counted_from {
            *counted.statuses.entry(status).or_default() += 1;
            let micros = now.duration_since(asked).as_micros();
            counted
                .latencies
                .push(u32::try_from(micros).unwrap_or(u32::MAX));
        }
        if status == 0 {
            break;
        }
    }
    counted
}

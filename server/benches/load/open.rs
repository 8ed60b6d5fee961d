//! Load that does not wait for answers: requests come when they come, as shoppers do, and each is timed
//! from when it was meant to be sent. A shop that stops for a second then has a second's requests late,
//! not one for each connection.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio::{
    sync::Semaphore,
    task::JoinSet,
    time::{sleep_until, timeout_at},
};

use super::{
    client::Connection,
    cpu::{Used, Watched},
    run::Measured,
};

/// How long answers are waited for once the last request was meant to be sent.
const GRACE: Duration = Duration::from_secs(10);
/// What is sent later than this found no free connection, or a busy client. Timers have a millisecond.
const LATE: Duration = Duration::from_millis(5);
/// A server closes connections that are idle for longer.
const IDLE: Duration = Duration::from_secs(2);

/// When requests come: at random, so many in a second on average.
pub struct Arrivals {
    pub address: SocketAddr,
    pub rate: f64,
    /// As many as may be waited for at once.
    pub connections: usize,
    /// Not counted.
    pub warm_up: Duration,
    pub time: Duration,
    pub seed: u64,
}

pub struct Arrived {
    /// Of all that were meant to be sent; 0 is one without an answer.
    pub measured: Measured,
    /// Answers by status before the time was over: the rest came when no more was sent.
    pub in_time: BTreeMap<u16, usize>,
    /// Requests that were sent late. Their time is counted from when they should have been.
    pub late: usize,
}

impl Arrivals {
    /// From the beginning.
    pub fn times(&self) -> Vec<Duration> {
        let mut rng = StdRng::seed_from_u64(self.seed);
        let (mut times, mut at) = (Vec::new(), 0.0);
        let end = (self.warm_up + self.time).as_secs_f64();
        loop {
            // The gaps of what comes independently.
            at -= (1.0 - rng.random::<f64>()).ln() / self.rate;
            if at >= end {
                return times;
            }
            times.push(Duration::from_secs_f64(at));
        }
    }

    /// Sends one request at each of the [`times`](Self::times).
    pub async fn send(
        &self,
        times: Vec<Duration>,
        requests: Vec<Vec<u8>>,
        watched: &[Watched],
    ) -> Arrived {
        assert_eq!(times.len(), requests.len(), "each time has a request");
        let began = Instant::now();
        let counted_from = began + self.warm_up;
        let end = counted_from + self.time;
        let line = Arc::new(Line {
            address: self.address,
            idle: Mutex::default(),
            free: Semaphore::new(self.connections),
            given_up: end + GRACE,
        });
        let (mut sending, mut counted) = (JoinSet::new(), Counted::new(counted_from, end));
        let mut before = None;
        for (time, request) in times.into_iter().zip(requests) {
            let meant = began + time;
            sleep_until(meant.into()).await;
            if before.is_none() && meant >= counted_from {
                before = Some(Used::now(watched));
            }
            let line = line.clone();
            sending.spawn(async move { line.send(&request, meant).await });
            while let Some(sent) = sending.try_join_next() {
                counted.add(&sent.expect("a request's task ends well"));
            }
        }
        sleep_until(end.into()).await;
        let now = Used::now(watched);
        let cpu = now.since(before.as_ref().unwrap_or(&now));
        while let Some(sent) = sending.join_next().await {
            counted.add(&sent.expect("a request's task ends well"));
        }
        let seconds = self.time.as_secs_f64();
        Arrived {
            measured: Measured::new(counted.statuses, seconds, counted.latencies, cpu),
            in_time: counted.in_time,
            late: counted.late,
        }
    }
}

impl Arrived {
    /// Answers of this status in a second, of those that came in time.
    pub fn rate_in_time(&self, status: u16) -> f64 {
        let count = self.in_time.get(&status).copied().unwrap_or_default();
        count as f64 / self.measured.seconds
    }

    /// All that were meant to be sent and had another answer, or none.
    pub fn failed(&self, status: u16) -> usize {
        let all: usize = self.measured.statuses.values().sum();
        all - self.measured.count(status)
    }
}

/// Connections to one server: the one that was used last is used again, and others are opened when they are
/// needed.
struct Line {
    address: SocketAddr,
    idle: Mutex<Vec<(Connection, Instant)>>,
    free: Semaphore,
    given_up: Instant,
}

struct Sent {
    status: u16,
    meant: Instant,
    began: Instant,
    ended: Instant,
}

impl Line {
    async fn send(&self, request: &[u8], meant: Instant) -> Sent {
        let mut began = None;
        let called = timeout_at(self.given_up.into(), async {
            let _place = self.free.acquire().await.ok()?;
            began = Some(Instant::now());
            let mut connection = match self.kept() {
                Some(connection) => connection,
                None => Connection::open(self.address).await.ok()?,
            };
            let status = connection.call(request).await.ok()?.status;
            self.keep(connection);
            Some(status)
        })
        .await;
        let ended = Instant::now();
        Sent {
            status: called.ok().flatten().unwrap_or_default(),
            meant,
            began: began.unwrap_or(ended),
            ended,
        }
    }

    fn kept(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let (connection, since) = idle.pop()?;
        if since.elapsed() < IDLE {
            return Some(connection);
        }
        // The others wait for longer still.
        idle.clear();
        None
    }

    fn keep(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push((connection, Instant::now()));
    }
}

struct Counted {
    from: Instant,
    end: Instant,
    statuses: BTreeMap<u16, usize>,
    in_time: BTreeMap<u16, usize>,
    latencies: Vec<u32>,
    late: usize,
}

impl Counted {
    fn new(from: Instant, end: Instant) -> Self {
        Self {
            from,
            end,
            statuses: BTreeMap::new(),
            in_time: BTreeMap::new(),
            latencies: Vec::new(),
            late: 0,
        }
    }

    fn add(&mut self, sent: &Sent) {
        if sent.meant < self.from {
            return;
        }
        *self.statuses.entry(sent.status).or_default() += 1;
        if sent.ended <= self.end {
            *self.in_time.entry(sent.status).or_default() += 1;
        }
        if sent.began.duration_since(sent.meant) > LATE {
            self.late += 1;
        }
        let micros = sent.ended.duration_since(sent.meant).as_micros();
        self.latencies
            .push(u32::try_from(micros).unwrap_or(u32::MAX));
    }
}

//! Who used the processors: a ratio says little without it when client, server and database share
//! two of them.

use std::{
    fs,
    time::{Duration, Instant},
};

/// `/proc` counts in hundredths of a second on every Linux.
const TICKS: f64 = 100.0;

/// What nobody here started.
const ELSE: &str = "all else";

/// A process whose time is counted, with the processes it started.
#[derive(Debug, Clone)]
pub struct Watched {
    pub name: &'static str,
    pub pids: Vec<u32>,
}

/// Seconds of processor time by name.
#[derive(Debug, Clone, Default)]
pub struct Used(Vec<(&'static str, f64)>);

impl Watched {
    /// What this bench started under a program's name.
    pub fn started(name: &'static str, program: &str) -> Self {
        let myself = std::process::id();
        let mut pids: Vec<u32> = children()
            .into_iter()
            .filter(|(_, parent)| *parent == myself)
            .map(|(pid, _)| pid)
            .collect();
        pids.retain(|pid| {
            fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|comm| comm.trim() == program)
        });
        Self { name, pids }
    }

    /// All that a shop is made of here.
    pub fn shop() -> Vec<Self> {
        [
            ("server", "server"),
            ("database", "postgres"),
            ("Redis", "redis-server"),
        ]
        .map(|(name, program)| Self::started(name, program))
        .to_vec()
    }
}

/// What a shop of nothing but idle nodes uses of a core at most.
const REST: f64 = 0.15;
const LOOK: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(90);

/// All that a shop is made of here, once it has nothing left to do of what came before, such as e-mails of the orders
/// of another row: neither a row nor what it is compared with is to pay for another. What is timed begins with it.
pub async fn rested_shop() -> Vec<Watched> {
    let watched = Watched::shop();
    let began = Instant::now();
    while began.elapsed() < LONGEST {
        let before = Used::now(&watched);
        tokio::time::sleep(LOOK).await;
        let used = Used::now(&watched).since(&before);
        let busy: f64 = watched.iter().map(|one| used.of(one.name)).sum();
        if busy < REST * LOOK.as_secs_f64() {
            return watched;
        }
    }
    eprintln!("what ran before is still at work after {LONGEST:?}");
    watched
}

/// Bytes of memory that these processes hold.
pub fn memory(watched: &Watched) -> u64 {
    let of = |pid: &u32| -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1024)
    };
    watched.pids.iter().filter_map(of).sum()
}

impl Used {
    /// What has been used up to now; the bench itself comes first.
    pub fn now(watched: &[Watched]) -> Self {
        let mut used = vec![("load", own(std::process::id()))];
        let children = children();
        for one in watched {
            let seconds = one.pids.iter().map(|pid| {
                let below = children.iter().filter(|(_, parent)| parent == pid);
                own(*pid) + below.map(|(child, _)| own(*child)).sum::<f64>()
            });
            used.push((one.name, seconds.sum()));
        }
        let ours: f64 = used.iter().map(|(_, seconds)| seconds).sum();
        // Work for the network and what else runs here: a lot of it spoils a figure.
        used.push((ELSE, machine() - ours));
        Self(used)
    }

    pub fn since(&self, before: &Self) -> Self {
        let pairs = self.0.iter().zip(&before.0);
        Self(
            pairs
                .map(|((name, now), (_, then))| (*name, now - then))
                .collect(),
        )
    }

    /// The same in each of so many seconds.
    pub fn in_a_second(&self, seconds: f64) -> Self {
        let each = self.0.iter().map(|(name, used)| (*name, used / seconds));
        Self(each.collect())
    }

    pub fn of(&self, name: &str) -> f64 {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map_or(0.0, |(_, seconds)| *seconds)
    }

    /// Milliseconds that each of `count` cost, as in `CPU ms: load 0.020, server 0.131`. What else ran on the
    /// machine is not theirs.
    pub fn each(&self, count: usize) -> String {
        if count == 0 {
            return String::new();
        }
        let parts = self
            .0
            .iter()
            .filter(|(name, used)| *name != ELSE && *used > 0.0);
        let parts = parts.map(|(name, used)| format!("{name} {:.3}", used * 1000.0 / count as f64));
        format!("CPU ms: {}", parts.collect::<Vec<_>>().join(", "))
    }

    /// Milliseconds of server, database and Redis together that each of `count` cost.
    pub fn shop_ms(&self, count: usize) -> f64 {
        let shop = ["server", "database", "Redis"].map(|name| self.of(name));
        shop.iter().sum::<f64>() * 1000.0 / count.max(1) as f64
    }

    /// Cores kept busy, as in `load 0.31, server 1.02`.
    pub fn cores(&self, seconds: f64) -> String {
        let parts = self.0.iter().filter(|(_, used)| *used / seconds >= 0.005);
        parts
            .map(|(name, used)| format!("{name} {:.2}", used / seconds))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// A process's fields after its name, which may hold anything; the first is the state.
fn stat(pid: u32) -> Option<Vec<i64>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = text.rsplit_once(") ")?;
    Some(
        fields
            .split(' ')
            .map(|field| field.trim().parse().unwrap_or_default())
            .collect(),
    )
}

/// Its own time and that of its children that have ended.
fn own(pid: u32) -> f64 {
    stat(pid).map_or(0.0, |fields| {
        fields[11..15].iter().sum::<i64>() as f64 / TICKS
    })
}

/// What all processors did, ever since the machine started, but wait.
fn machine() -> f64 {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    let fields = line.split_whitespace().skip(1);
    let ticks: Vec<f64> = fields.map(|n| n.parse().unwrap_or_default()).collect();
    // User, nice, system; then idle and waiting for disks; then interrupts.
    let busy = [0, 1, 2, 5, 6].iter().filter_map(|at| ticks.get(*at));
    busy.sum::<f64>() / TICKS
}

/// Every process with its parent.
fn children() -> Vec<(u32, u32)> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, u32::try_from(stat(pid)?[1]).ok()?)))
        .collect()
}

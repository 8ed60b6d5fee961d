//! B19: one file, on this disk and on one that flushes 1 ms slower, against one order, one commit.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

use crate::{
    load::{
        cpu::{Used, rested_shop},
        machine,
        run::Measured,
        table::Bound,
    },
    rig::Cluster,
};

use super::{
    hot::CROWDS,
    orders::{self, OrderMix, place},
    plain::on_sqlite,
    report::{Ground, Report},
    series::{PLACED, Series},
};

/// What this program is started with to place plain orders in a file; the seconds follow.
pub const COMMAND: &str = "--plain-file";
const SLOW_FLUSH: &str = include_str!("slow_flush.c");

/// Places orders and prints how long it took, and each latency in microseconds.
pub async fn place_plain() {
    let mut words = std::env::args().skip_while(|word| word != COMMAND).skip(1);
    let seconds = words.next().and_then(|word| word.parse().ok());
    let seconds = seconds.unwrap_or_else(|| panic!("{COMMAND} is for the bench itself"));
    let measured = on_sqlite(Duration::from_secs_f64(seconds)).await;
    let mut said = format!("{}\n", measured.seconds);
    for micros in measured.latencies() {
        said.push_str(&format!("{micros}\n"));
    }
    print!("{said}");
}

/// What makes flushes slow; gone when this is.
struct SlowFlush {
    library: PathBuf,
    _folder: TempDir,
}

impl SlowFlush {
    /// `None` where there is no compiler of C, which builds SQLite, or another way to load libraries.
    fn make() -> Option<Self> {
        let folder = tempfile::tempdir().ok()?;
        let (source, library) = (folder.path().join("slow.c"), folder.path().join("slow.so"));
        std::fs::write(&source, SLOW_FLUSH).ok()?;
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O2", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status();
        (cfg!(target_os = "linux") && made.is_ok_and(|made| made.success())).then_some(Self {
            library,
            _folder: folder,
        })
    }

    /// Plain orders in a process of their own.
    async fn on_sqlite(&self, time: Duration) -> Measured {
        rested_shop().await;
        let program = std::env::current_exe().expect("this program has a file");
        let mut command = Command::new(program);
        command
            .args([COMMAND, &time.as_secs_f64().to_string()])
            .env("LD_PRELOAD", &self.library)
            .stderr(Stdio::inherit());
        let output = tokio::task::spawn_blocking(move || command.output()).await;
        let output = output.expect("it is waited for").expect("it runs");
        assert!(output.status.success(), "plain orders are placed");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines = said.lines();
        let seconds = lines.next().and_then(|line| line.parse().ok());
        let latencies: Vec<u32> = lines.filter_map(|line| line.parse().ok()).collect();
        let statuses = [(PLACED, latencies.len())].into();
        let seconds = seconds.expect("it says how long it took");
        Measured::new(statuses, seconds, latencies, Used::default())
    }
}

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let version = machine::of_sqlite().await;
    report.fact(format!(
        "SQLite {version}: journal_mode=WAL, synchronous=FULL"
    ));
    let cluster = Cluster::on_sqlite().start().await;
    let mut plain = Series::new("SQLite: one order, one commit, one connection");
    let mut crowds = crowds("");
    for turn in 0..ground.pace.runs {
        plain.push(on_sqlite(ground.pace.time).await);
        place_all(&mut crowds, &cluster, ground, turn).await;
    }
    tell(report, &plain, &crowds, 3.0);
    report.audit("the SQLite rows", &cluster.nodes[0]);

    let Some(slow) = SlowFlush::make() else {
        return report.fact("No slow flushes on SQLite: they need `cc` and Linux".to_owned());
    };
    let library = slow.library.display().to_string();
    let cluster = Cluster::on_sqlite()
        .env("LD_PRELOAD", &library)
        .start()
        .await;
    let mut plain =
        Series::new("SQLite: one order, one commit, one connection, flushes 1 ms longer");
    let mut crowds = self::crowds(", flushes 1 ms longer");
    for turn in 0..ground.pace.runs {
        plain.push(slow.on_sqlite(ground.pace.time).await);
        place_all(&mut crowds, &cluster, ground, turn).await;
    }
    tell(report, &plain, &crowds, 5.0);
    report.audit("those with slow flushes", &cluster.nodes[0]);
}

fn crowds(how: &str) -> [Series; 3] {
    CROWDS.map(|connections| {
        Series::new(format!(
            "SQLite: hot variant over HTTP, {connections} connections{how}"
        ))
    })
}

async fn place_all(crowds: &mut [Series; 3], cluster: &Cluster, ground: &Ground<'_>, turn: usize) {
    let hot = orders::hot(&cluster.db, &format!("Storm Lamp {turn}")).await;
    for (connections, series) in CROWDS.into_iter().zip(crowds) {
        let seed = (2_000 + turn * 10 + connections) as u64;
        let wanted = OrderMix::only(&hot);
        series.push_placed(place(cluster, wanted, connections, ground.pace.time, seed).await);
    }
}

fn tell(report: &mut Report, plain: &Series, crowds: &[Series; 3], asked: f64) {
    report.add(plain.row());
    for series in crowds {
        let ratio = series.ratio(&plain.rates());
        let bound = Some(Bound::AtLeast(asked));
        report.add(series.row().claim(ratio, "× one order, one commit", bound));
    }
}

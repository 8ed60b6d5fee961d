//! What a table was measured on.

use std::{fs, path::Path, process::Command};

use sqlx::{Connection, PgConnection, SqliteConnection};

/// Processors, memory and kernel.
pub fn facts() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = field(&info, "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: f64 = field(&memory, "MemTotal")
        .and_then(|text| text.trim_end_matches(" kB").parse().ok())
        .unwrap_or_default();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "Machine: {cores} cores ({model}), {:.0} GiB, Linux {}; client, server, database and Redis share it",
        kib / 1024.0 / 1024.0,
        kernel.trim()
    )
}

fn field(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The first line that a program says of its version.
pub fn version(program: &Path, flag: &str) -> String {
    let output = Command::new(program).arg(flag).output();
    let said = output.map_or(Vec::new(), |output| [output.stdout, output.stderr].concat());
    let said = String::from_utf8_lossy(&said).into_owned();
    said.lines().next().unwrap_or("unknown").trim().to_owned()
}

/// How long one write that is flushed to this folder's disk takes, in milliseconds: what a commit
/// costs at least.
pub fn flush_ms(folder: &Path) -> f64 {
    use std::{io::Write, time::Instant};
    const WRITES: u32 = 50;
    let path = folder.join("flush");
    let mut file = fs::File::create(&path).expect("the folder takes files");
    let began = Instant::now();
    for _ in 0..WRITES {
        file.write_all(&[0; 4096]).expect("the disk has room");
        file.sync_data().expect("the disk can be flushed");
    }
    let each = began.elapsed() / WRITES;
    drop(file);
    fs::remove_file(path).expect("the file is ours");
    each.as_secs_f64() * 1000.0
}

/// What a running Postgres says of itself, its durability and its size.
pub async fn of_postgres(url: &str) -> String {
    let mut connection = PgConnection::connect(url).await.expect("Postgres answers");
    let mut said = Vec::new();
    for setting in [
        "fsync",
        "synchronous_commit",
        "full_page_writes",
        "shared_buffers",
        "max_wal_size",
    ] {
        said.push(format!(
            "{setting}={}",
            shown(&mut connection, setting).await
        ));
    }
    let version = shown(&mut connection, "server_version").await;
    format!("Postgres {version}: {}", said.join(", "))
}

async fn shown(connection: &mut PgConnection, setting: &str) -> String {
    let asked = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SHOW {setting}")));
    let value = asked.fetch_one(connection).await;
    value.expect("Postgres has the setting")
}

/// What Redis says to `INFO server`.
pub fn of_redis(info: Option<String>) -> String {
    let info = info.unwrap_or_default();
    let version = field(&info, "redis_version").unwrap_or_else(|| "unknown".to_owned());
    format!("Redis {version}: nothing on disk, as what it holds may be lost at any time")
}

pub async fn of_sqlite() -> String {
    let mut connection = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("SQLite opens");
    sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(&mut connection)
        .await
        .expect("SQLite has a version")
}

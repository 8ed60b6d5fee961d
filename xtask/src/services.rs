//! The servers that tests need, each on a free port with its files in a directory of its own, and
//! gone when the guard is.

use std::{
    env,
    ffi::CString,
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, anyhow};
use tempfile::TempDir;

use crate::{
    process::{self, Background, Patience},
    toolchain::Tools,
};

const START: Duration = Duration::from_secs(60);

/// Linux keeps what is written here in memory.
const MEMORY: &str = "/dev/shm";
/// What the tests write there at most, a few times over.
const ROOM: u64 = 4 << 30;

/// A temporary folder for servers, databases and what they write: in memory if there is room for it,
/// since each of some two thousand tests makes a database of several hundred files.
pub fn folder() -> Result<TempDir> {
    let has_room = rustix::fs::statvfs(MEMORY)
        .is_ok_and(|free| free.f_bavail.saturating_mul(free.f_frsize) >= ROOM);
    let place = match has_room {
        true => PathBuf::from(MEMORY),
        false => env::temp_dir(),
    };
    let folder = tempfile::Builder::new()
        .prefix("holdfast-test-")
        .tempdir_in(place)
        .context("there is no place for the test servers")?;
    // PostgreSQL runs as another user and must get through.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))
        .with_context(|| folder.path().display().to_string())?;
    Ok(folder)
}

pub struct Redis {
    pub url: String,
    _process: Background,
}

impl Redis {
    pub fn start(tools: &Tools, temp: &Path) -> Result<Self> {
        let dir = temp.join("redis");
        fs::create_dir(&dir).with_context(|| dir.display().to_string())?;
        let port = free_port()?;
        let mut command = tools.command("redis-server");
        command.args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]);
        command.args(["--loglevel", "warning", "--dir"]).arg(&dir);
        command.stdout(Stdio::null());
        let mut process = process::spawn(&mut command, "redis-server")?;
        process.wait_until(START, || {
            exchange(port, "PING\r\n").is_some_and(|answer| answer.starts_with("+PONG"))
        })?;
        Ok(Self {
            url: format!("redis://127.0.0.1:{port}"),
            _process: process,
        })
    }
}

pub struct Postgres {
    port: u16,
    bin: PathBuf,
    _process: Background,
}

impl Postgres {
    pub fn start(temp: &Path) -> Result<Self> {
        let bin = postgres_bin()
            .context("PostgreSQL is not installed: run `cargo xtask setup --for test`")?;
        let dir = temp.join("postgres");
        fs::create_dir(&dir).with_context(|| dir.display().to_string())?;
        let user = unprivileged_user()?;
        if let Some((uid, gid)) = user {
            chown(&dir, Some(uid), Some(gid)).with_context(|| dir.display().to_string())?;
        }
        let command = |program: &str| {
            let mut command = Command::new(bin.join(program));
            command.current_dir(&dir).env("LC_ALL", "C");
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command
        };
        let data = dir.join("data");
        let mut initdb = command("initdb");
        initdb.args([
            "--username=holdfast",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]);
        process::output(initdb.arg("--pgdata").arg(&data))?;

        let port = free_port()?;
        let log = fs::File::create(dir.join("log")).with_context(|| dir.display().to_string())?;
        let mut postgres = command("postgres");
        postgres
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string()])
            .stderr(log);
        let sockets = format!("unix_socket_directories={}", dir.display());
        for setting in [
            "listen_addresses=127.0.0.1",
            &sockets,
            "fsync=off",
            // Every database that is dropped costs a checkpoint, after which all pages were logged whole.
            "full_page_writes=off",
            "max_connections=800",
        ] {
            postgres.args(["-c", setting]);
        }
        // What goes first has a Postgres of its own.
        let postgres = process::patient(&mut postgres, Patience::Little);
        let mut process = process::spawn(postgres, "postgres")?;
        let accepts = || {
            let mut ask = Command::new(bin.join("pg_isready"));
            process::output(ask.args(["--host=127.0.0.1", "--port", &port.to_string()])).is_ok()
        };
        process.wait_until(START, accepts)?;
        Ok(Self {
            port,
            bin: bin.clone(),
            _process: process,
        })
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://holdfast@127.0.0.1:{}/{database}", self.port)
    }

    /// A new, empty database.
    pub fn create(&self, database: &str) -> Result<String> {
        let mut create = Command::new(self.bin.join("createdb"));
        create.args([
            "--host=127.0.0.1",
            "--username=holdfast",
            "--port",
            &self.port.to_string(),
            database,
        ]);
        process::output(&mut create)?;
        Ok(self.url(database))
    }
}

/// The newest PostgreSQL's directory of programs; Debian keeps it off PATH.
pub fn postgres_bin() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, bin): &(u32, PathBuf)| bin.join("initdb").exists())
        .collect();
    found.sort();
    let on_path = || {
        let path = env::var_os("PATH")?;
        env::split_paths(&path).find(|dir| dir.join("initdb").exists())
    };
    found.pop().map(|(_, bin)| bin).or_else(on_path)
}

/// Chromium without windows, as Playwright's own download is: the same engine for two thirds of the work.
pub const HEADLESS: &str = "chromium-headless-shell";

pub fn chromium(tools: &Tools) -> Option<PathBuf> {
    [HEADLESS, "chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| tools.which(name))
}

pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no free port")?;
    Ok(listener.local_addr().context("no free port")?.port())
}

/// Whether an HTTP server on this port says 200 to this path.
pub fn answers_ok(port: u16, path: &str) -> bool {
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    exchange(port, &request).is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

fn exchange(port: u16, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = [0; 64];
    let length = stream.read(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer[..length]).into_owned())
}

/// PostgreSQL refuses to run as root: then it runs as this user and group.
fn unprivileged_user() -> Result<Option<(u32, u32)>> {
    if unsafe { libc::geteuid() } != 0 {
        return Ok(None);
    }
    let ids = |name: &str| {
        let name = CString::new(name).ok()?;
        let entry = unsafe { libc::getpwnam(name.as_ptr()).as_ref() }?;
        Some((entry.pw_uid, entry.pw_gid))
    };
    let found = ids("postgres").or_else(|| ids("nobody"));
    found.map(Some).ok_or_else(|| {
        anyhow!("there is neither a user `postgres` nor `nobody` to run PostgreSQL as")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_free_ports_differ_while_both_are_held() {
        let held = TcpListener::bind("127.0.0.1:0").unwrap();
        assert_ne!(held.local_addr().unwrap().port(), free_port().unwrap());
    }

    #[test]
    fn a_closed_port_does_not_answer() {
        assert!(!answers_ok(free_port().unwrap(), "/readyz"));
    }
}

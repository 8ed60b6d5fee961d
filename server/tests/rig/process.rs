//! A process that never outlives the test.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How much of a log is shown when a test fails, in bytes.
const TAIL: u64 = 4000;

/// Reads a word, or the end of a pipe whose other end died with the test. Then nobody else is there
/// to end the process and to clear its folder away.
const LEASH: &str = "read -r word; [ \"$word\" = off ] && exit; \
     kill -9 \"$1\"; sleep 1; rm -rf \"$2\"";

/// A running process, or one that was ended on purpose.
pub struct Process {
    name: String,
    log: PathBuf,
    child: Child,
    /// Ends the process when this one is gone, however it goes: even a test that is killed leaves
    /// nothing running.
    leash: Child,
}

impl Process {
    /// Starts `command`; what it writes goes to the end of `log`.
    pub fn start(name: &str, command: &mut Command, log: &Path) -> Self {
        let out = File::options()
            .create(true)
            .append(true)
            .open(log)
            .expect("a log can be written");
        let child = command
            .stdin(Stdio::null())
            .stdout(out.try_clone().expect("a log has two ends"))
            .stderr(out)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
        let leash = Command::new("sh")
            .args(["-c", LEASH, "sh", &child.id().to_string()])
            .arg(log.parent().expect("a log is in a folder"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell can be started");
        Self {
            name: name.to_owned(),
            log: log.to_owned(),
            child,
            leash,
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Sends a signal, named as `kill` names it.
    pub fn signal(&mut self, signal: &str) {
        // A process that was waited for may have given its number to another one.
        if self.is_running() {
            send_signal(signal, self.id());
        }
    }

    /// Ends it as a crash would, and waits until it is gone.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.let_go();
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self, limit: Duration) {
        let began = Instant::now();
        while self.is_running() {
            assert!(began.elapsed() < limit, "{} does not end", self.name);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.let_go();
    }

    /// Polls until `ready` says yes; fails with the log when the process ends first.
    pub async fn ready(&mut self, limit: Duration, mut ready: impl AsyncFnMut() -> bool) {
        let began = Instant::now();
        while !ready().await {
            let log = || tail(&self.log);
            if !matches!(self.child.try_wait(), Ok(None)) {
                panic!("{} stopped at once:\n{}", self.name, log());
            }
            assert!(
                began.elapsed() < limit,
                "{} is not ready after {limit:?}:\n{}",
                self.name,
                log()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn let_go(&mut self) {
        if let Some(mut word) = self.leash.stdin.take() {
            let _ = word.write_all(b"off\n");
        }
        let _ = self.leash.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- end of the log of {}\n{}", self.name, tail(&self.log));
        }
        self.kill();
    }
}

pub fn send_signal(signal: &str, process: u32) {
    let _ = Command::new("sh")
        .args(["-c", "kill -s \"$1\" \"$2\"", "sh", signal])
        .arg(process.to_string())
        .stderr(Stdio::null())
        .status();
}

/// Bytes that a process holds.
pub fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes: Option<u64> = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    1024 * kilobytes.unwrap_or(0)
}

/// The processor time that a process has taken.
pub fn processor(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("it runs");
    let (_, fields) = stat.rsplit_once(") ").expect("it has a name");
    // Its own and the system's for it, in hundredths of a second on every Linux.
    let used = fields.split(' ').skip(11).take(2);
    let ticks: u64 = used.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}

fn tail(log: &Path) -> String {
    let read = || {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    read().unwrap_or_else(|error: std::io::Error| error.to_string())
}

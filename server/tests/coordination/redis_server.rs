//! A Redis of a test's own, which it may kill, stop and start again.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::nodes::PATIENCE;

pub struct RedisServer {
    pub port: u16,
    folder: TempDir,
    options: Vec<String>,
    process: Child,
}

/// A node of a cluster needs the port 10000 above, too.
fn free_port() -> u16 {
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        if port < 55_000 {
            return port;
        }
    }
}

fn spawn(port: u16, folder: &TempDir, options: &[String]) -> Child {
    let child = Command::new("redis-server")
        .args(options)
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .arg("--dir")
        .arg(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is installed");
    let deadline = Instant::now() + PATIENCE;
    while ask(port, "PING").is_none_or(|answer| !answer.starts_with("+PONG")) {
        assert!(Instant::now() < deadline, "redis-server does not come up");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

/// One line sent, one answer's beginning received.
fn ask(port: u16, command: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.write_all(format!("{command}\r\n").as_bytes()).ok()?;
    let mut answer = [0; 256];
    let read = stream.read(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer[..read]).into_owned())
}

impl RedisServer {
    pub fn start() -> Self {
        Self::with(&["--save", ""])
    }

    pub fn with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let options: Vec<_> = options.iter().map(|o| (*o).to_owned()).collect();
        let port = free_port();
        let process = spawn(port, &folder, &options);
        Self {
            port,
            folder,
            options,
            process,
        }
    }

    /// A sentinel that watches `master` under the name "main".
    pub fn sentinel(master: &Self) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let file = folder.path().join("sentinel.conf");
        let watch = format!("sentinel monitor main 127.0.0.1 {} 1\n", master.port);
        fs::write(&file, watch).expect("the settings are written");
        let options = vec![file.display().to_string(), "--sentinel".to_owned()];
        let port = free_port();
        let process = spawn(port, &folder, &options);
        Self {
            port,
            folder,
            options,
            process,
        }
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub fn ask(&self, command: &str) -> String {
        ask(self.port, command).expect("redis-server answers")
    }

    /// Without a chance to save or to say goodbye.
    pub fn kill(&mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it ends");
    }

    pub fn start_again(&mut self) {
        self.process = spawn(self.port, &self.folder, &self.options);
    }

    pub fn pause(&self) {
        self.signal("-STOP");
    }

    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let status = Command::new("kill")
            .args([signal, &self.process.id().to_string()])
            .status()
            .expect("kill is installed");
        assert!(status.success());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

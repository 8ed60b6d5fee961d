//! A Redis of a test's own.

use std::{fs, process::Command, time::Duration};

use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{START, identity::Identity, net::free_port, process::Process};

/// What Redis reads when it starts, if it is there.
const DUMP: &str = "dump.rdb";
const KEPT: &str = "kept.rdb";

/// Keeps everything in memory and nothing for its next start, unless told.
pub struct Redis {
    pub port: u16,
    process: Process,
    // After the process, which writes to it.
    folder: TempDir,
}

impl Redis {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("there is room for Redis");
        let port = free_port();
        let process = serve(&folder, port);
        let mut this = Self {
            port,
            process,
            folder,
        };
        this.ready().await;
        this
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Also talks TLS from now on; returns the address for it.
    pub async fn encrypt(&self, identity: &Identity) -> String {
        let port = free_port();
        for (setting, value) in [
            (
                "tls-cert-file",
                identity.certificate().display().to_string(),
            ),
            ("tls-key-file", identity.key().display().to_string()),
            (
                "tls-ca-cert-file",
                identity.certificate().display().to_string(),
            ),
            ("tls-auth-clients", "no".to_owned()),
            ("tls-port", port.to_string()),
        ] {
            let answer = self.command(&format!("CONFIG SET {setting} {value}")).await;
            assert_eq!(answer.as_deref().map(str::trim), Some("+OK"), "{setting}");
        }
        format!("rediss://127.0.0.1:{port}")
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Empty, or with what [`Redis::restore_dump`] put back.
    pub async fn start_again(&mut self) {
        self.process = serve(&self.folder, self.port);
        self.ready().await;
        let _ = fs::remove_file(self.folder.path().join(DUMP));
    }

    /// It takes connections and answers nobody.
    pub fn pause(&mut self) {
        self.process.signal("STOP");
    }

    pub fn resume(&mut self) {
        self.process.signal("CONT");
    }

    /// Keeps aside what it holds now.
    pub async fn save_dump(&self) {
        let answer = self.command("SAVE").await;
        assert_eq!(answer.as_deref().map(str::trim), Some("+OK"), "a dump");
        let folder = self.folder.path();
        fs::rename(folder.join(DUMP), folder.join(KEPT)).expect("there is a dump");
    }

    /// At its next start it holds what was kept.
    pub fn restore_dump(&self) {
        let folder = self.folder.path();
        fs::copy(folder.join(KEPT), folder.join(DUMP)).expect("there is a dump");
    }

    /// Breaks off every connection there is.
    pub async fn cut_connections(&self) {
        for kind in ["normal", "pubsub"] {
            self.command(&format!("CLIENT KILL TYPE {kind}")).await;
        }
    }

    /// The beginning of the answer to a command without spaces in its arguments.
    pub async fn command(&self, command: &str) -> Option<String> {
        ask(self.port, command).await
    }

    async fn ready(&mut self) {
        let port = self.port;
        self.process
            .ready(START, async || {
                ask(port, "PING")
                    .await
                    .is_some_and(|a| a.starts_with("+PONG"))
            })
            .await;
    }
}

async fn ask(port: u16, command: &str) -> Option<String> {
    let asking = async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        let command = format!("{command}\r\n");
        stream.write_all(command.as_bytes()).await.ok()?;
        let mut answer = vec![0; 64 * 1024];
        let length = stream.read(&mut answer).await.ok()?;
        Some(String::from_utf8_lossy(&answer[..length]).into_owned())
    };
    tokio::time::timeout(Duration::from_secs(5), asking)
        .await
        .ok()
        .flatten()
}

fn serve(folder: &TempDir, port: u16) -> Process {
    let mut redis = Command::new("redis-server");
    redis
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no", "--loglevel", "notice"])
        .args(["--dbfilename", DUMP, "--dir"])
        .arg(folder.path());
    Process::start("redis-server", &mut redis, &folder.path().join("log"))
}

//! One node of the shop: the server's own binary.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use tempfile::TempDir;

use super::{
    START,
    net::{client, free_port},
    process::Process,
};

const SERVER: &str = env!("CARGO_BIN_EXE_server");
/// Opens `/metrics` of every node.
const METRICS_TOKEN: &str = "a token of the rig";

/// How a node is set up. What is not here has the server's own default.
#[derive(Debug, Clone)]
pub struct NodeSettings {
    /// `DATABASE_URL`
    pub database: String,
    /// `REDIS_URL`; `None` for a shop without Redis.
    pub redis: Option<String>,
    /// `HOLDFAST_REDIS_NAMESPACE`
    pub namespace: String,
    /// `HOLDFAST_NODES`
    pub nodes: usize,
    /// Files it may have open; `None` for as many as the system allows.
    pub files: Option<u32>,
    /// Anything else.
    pub env: Vec<(String, String)>,
}

impl NodeSettings {
    /// A single node without Redis.
    pub fn alone(database: &str) -> Self {
        Self {
            database: database.to_owned(),
            redis: None,
            namespace: "holdfast".to_owned(),
            nodes: 1,
            files: None,
            env: Vec::new(),
        }
    }

    pub fn files(self, files: u32) -> Self {
        Self {
            files: Some(files),
            ..self
        }
    }

    pub fn redis(self, url: &str, namespace: &str) -> Self {
        Self {
            redis: Some(url.to_owned()),
            namespace: namespace.to_owned(),
            ..self
        }
    }

    pub fn without_redis(self) -> Self {
        Self {
            redis: None,
            ..self
        }
    }

    pub fn nodes(self, nodes: usize) -> Self {
        Self { nodes, ..self }
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs a command of the server to its end.
    pub fn run(&self, args: &[&str]) -> Output {
        let folder = tempfile::tempdir().expect("there is room for a node");
        let mut server = self.command(folder.path(), free_port());
        server
            .args(args)
            .output()
            .expect("the server's binary runs")
    }

    fn command(&self, folder: &Path, port: u16) -> Command {
        let mut server = match self.files {
            None => Command::new(SERVER),
            Some(files) => {
                // The shell becomes the server, with its limits.
                let limited = format!("ulimit -n {files}; exec \"$0\" \"$@\"");
                let mut shell = Command::new("sh");
                shell.args(["-c", &limited, SERVER]);
                shell
            }
        };
        for (name, _) in std::env::vars_os() {
            let ours = name
                .to_str()
                .is_some_and(|name| name.starts_with("HOLDFAST_") || name.starts_with("LEPTOS_"));
            if ours {
                server.env_remove(name);
            }
        }
        server
            // Without a Leptos.toml, so that the environment tells everything.
            .current_dir(folder)
            .env("LEPTOS_OUTPUT_NAME", "holdfast")
            .env("LEPTOS_SITE_ROOT", folder.join("site"))
            .env("LEPTOS_SITE_PKG_DIR", "pkg")
            .env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{port}"))
            .env("LEPTOS_HASH_FILES", "false")
            .env("LEPTOS_ENV", "PROD")
            .env("DATABASE_URL", &self.database)
            .env("HOLDFAST_DATA_DIR", folder.join("data"))
            .env("HOLDFAST_REDIS_NAMESPACE", &self.namespace)
            .env("HOLDFAST_NODES", self.nodes.to_string())
            .env("HOLDFAST_METRICS_TOKEN", METRICS_TOKEN)
            .env("HOLDFAST_DEMO_PAYMENTS", "local");
        match &self.redis {
            Some(redis) => server.env("REDIS_URL", redis),
            None => server.env_remove("REDIS_URL"),
        };
        server.envs(self.env.iter().map(|(name, value)| (name, value)));
        server
    }
}

pub struct Node {
    pub port: u16,
    settings: NodeSettings,
    process: Process,
    // After the process, which writes to it.
    folder: TempDir,
}

impl Node {
    pub async fn start(settings: NodeSettings) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a node");
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("pkg")).expect("a folder can be made");
        fs::write(site.join("pkg/holdfast.js"), "export {}").expect("a file can be written");
        fs::write(site.join("pkg/holdfast.wasm"), "\0asm").expect("a file can be written");
        fs::write(site.join("favicon.svg"), "<svg/>").expect("a file can be written");
        let port = free_port();
        let process = serve(&settings, folder.path(), port);
        let mut this = Self {
            port,
            settings,
            process,
            folder,
        };
        this.ready().await;
        this
    }

    /// `http://127.0.0.1:PORT`
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What is at `/metrics`.
    pub async fn metrics(&self, http: &reqwest::Client) -> String {
        let address = format!("{}/metrics", self.base());
        let answer = http.get(address).bearer_auth(METRICS_TOKEN).send().await;
        let answer = answer.expect("the node answers");
        let status = answer.status();
        assert!(status.is_success(), "/metrics: {status}");
        answer.text().await.expect("the answer is whole")
    }

    pub fn settings(&self) -> &NodeSettings {
        &self.settings
    }

    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Where it writes its e-mails.
    pub fn mails(&self) -> PathBuf {
        self.folder.path().join("data").join("mail")
    }

    pub fn log(&self) -> PathBuf {
        log(self.folder.path())
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// At the same address.
    pub async fn start_again(&mut self) {
        self.process = serve(&self.settings, self.folder.path(), self.port);
        self.ready().await;
    }

    /// It takes connections and answers nobody.
    pub fn pause(&mut self) {
        self.process.signal("STOP");
    }

    pub fn resume(&mut self) {
        self.process.signal("CONT");
    }

    /// Runs another command of the server, with this node's settings.
    pub fn run(&self, args: &[&str], input: &str) -> Output {
        let mut server = self.settings.command(self.folder.path(), self.port);
        let mut child = server
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server's binary runs");
        if let Some(mut stdin) = child.stdin.take() {
            // A command that ends without reading says why by itself.
            let _ = stdin.write_all(input.as_bytes());
        }
        child.wait_with_output().expect("it ends")
    }

    async fn ready(&mut self) {
        let address = format!("{}/healthz", self.base());
        let http = client(Duration::from_secs(2));
        self.process
            .ready(START, async || {
                let answer = http.get(&address).send().await;
                answer.is_ok_and(|answer| answer.status().is_success())
            })
            .await;
    }
}

fn log(folder: &Path) -> PathBuf {
    folder.join("log")
}

fn serve(settings: &NodeSettings, folder: &Path, port: u16) -> Process {
    let mut server = settings.command(folder, port);
    server.arg("serve");
    Process::start(&format!("the node on {port}"), &mut server, &log(folder))
}

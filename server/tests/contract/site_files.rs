//! What a server says at its start, and when its script is gone while it runs.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use tempfile::TempDir;

const SCRIPT: &str = "pkg/holdfast.js";
const WASM: &str = "pkg/holdfast.wasm";

/// A folder with all that a server needs.
pub fn deployed() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    fs::create_dir_all(site.join("pkg")).unwrap();
    fs::write(site.join(SCRIPT), "export {}").unwrap();
    fs::write(site.join(WASM), "\0asm").unwrap();
    folder
}

/// The address of the database of the server there.
pub fn database(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("shop.db").display())
}

pub fn serve(folder: &Path) -> Command {
    let mut server = Command::new(env!("CARGO_BIN_EXE_server"));
    server
        .env_clear()
        .current_dir(folder)
        .env("DATABASE_URL", database(folder))
        .env("HOLDFAST_DATA_DIR", folder.join("data"))
        .env("LEPTOS_OUTPUT_NAME", "holdfast")
        .env("LEPTOS_SITE_ROOT", folder.join("site"))
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .arg("serve")
        .stdin(Stdio::null());
    server
}

/// What the server says when it does not open, and that it has not begun anything.
#[track_caller]
fn refusal(folder: &Path, server: &mut Command) -> String {
    let output = server.output().expect("the server's binary runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    assert!(!folder.join("shop.db").exists(), "{said}");
    said
}

#[test]
fn a_server_without_its_script_or_wasm_does_not_open() {
    for name in [SCRIPT, WASM] {
        let folder = deployed();
        let folder = folder.path();
        fs::remove_file(folder.join("site").join(name)).unwrap();
        let said = refusal(folder, &mut serve(folder));
        let site = folder.join("site").display().to_string();
        for words in [name, site.as_str(), "cargo xtask build"] {
            assert!(said.contains(words), "{words} in {said}");
        }
    }
}

#[test]
fn a_server_does_not_open_a_real_shop_that_takes_test_cards() {
    let folder = deployed();
    let folder = folder.path();
    let mut server = serve(folder);
    server.arg("--demo-payments");
    server.env("HOLDFAST_BASE_URL", "https://shop.example");
    let said = refusal(folder, &mut server);
    assert!(said.contains("--demo-payments=public"), "{said}");
    let mut server = serve(folder);
    server.arg("--demo-payments=public");
    server.env("HOLDFAST_BASE_URL", "https://shop.example");
    server.env("HOLDFAST_STRIPE_SECRET_KEY", "sk_live_hidden");
    server.env("HOLDFAST_STRIPE_WEBHOOK_SECRET", "whsec_hidden");
    let said = refusal(folder, &mut server);
    assert!(said.contains("a live key"), "{said}");
    assert!(!said.contains("hidden"), "{said}");
}

#[test]
fn a_server_with_a_wrong_key_of_its_payment_provider_does_not_open() {
    let folder = deployed();
    let folder = folder.path();
    for (key, secret, words) in [
        ("pk_live_hidden", "whsec_1", "publishable key"),
        ("sk_live_hidden", "", "HOLDFAST_STRIPE_WEBHOOK_SECRET"),
    ] {
        let mut server = serve(folder);
        server.env("HOLDFAST_STRIPE_SECRET_KEY", key);
        server.env("HOLDFAST_STRIPE_WEBHOOK_SECRET", secret);
        let said = refusal(folder, &mut server);
        assert!(said.contains(words) && !said.contains(key), "{said}");
    }
}

#[test]
fn a_server_without_the_names_of_its_files_does_not_open() {
    let folder = deployed();
    let folder = folder.path();
    let mut server = serve(folder);
    server
        .env("LEPTOS_HASH_FILES", "true")
        .env("LEPTOS_HASH_FILE_NAME", "names-of-no-build.txt");
    let said = refusal(folder, &mut server);
    for words in ["names-of-no-build.txt", "cargo xtask build"] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

/// A server that is open. Ended with the test, also when the test fails.
pub struct Running {
    child: Child,
    /// Open for as long as the server may write to it.
    stdout: BufReader<ChildStdout>,
    pub address: String,
    /// What it told before it was open.
    pub told: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts the server, and waits until it says that it is open.
    pub fn open(server: &mut Command) -> Self {
        let child = server.stdout(Stdio::piped()).spawn();
        let mut child = child.expect("the server's binary runs");
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut this = Self {
            child,
            stdout,
            address: String::new(),
            told: String::new(),
        };
        loop {
            let mut line = String::new();
            let read = this.stdout.read_line(&mut line);
            let read = read.expect("the server says something");
            assert_ne!(read, 0, "the server does not open: {:?}", this.told);
            if let Some(address) = line.trim().strip_prefix("Holdfast is open at http://") {
                address.clone_into(&mut this.address);
                return this;
            }
            this.told.push_str(&line);
        }
    }
}

/// The status line.
fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer);
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_script_that_is_taken_away_is_told_of_and_not_at_every_request() {
    let folder = deployed();
    let folder = folder.path();
    let log = folder.join("log");
    let mut server = serve(folder);
    server.stderr(fs::File::create(&log).unwrap());
    let running = Running::open(&mut server);
    let address = running.address.as_str();
    let script = format!("/{SCRIPT}");
    assert!(get(address, &script).contains("200"));
    assert!(get(address, "/pkg/never-was.js").contains("404"));
    fs::remove_file(folder.join("site").join(SCRIPT)).unwrap();
    for _ in 0..3 {
        assert!(get(address, &script).contains("404"));
    }
    drop(running);
    let log = fs::read_to_string(&log).unwrap();
    assert!(!log.contains("never-was.js"), "{log}");
    let told = log.lines().filter(|line| line.contains(&script)).count();
    assert_eq!(told, 1, "{log}");
    assert!(log.contains("restart the server"), "{log}");
}

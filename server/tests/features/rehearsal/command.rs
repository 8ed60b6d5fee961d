//! The command, as a process that is left alone, interrupted and killed.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStderr, Command, Stdio},
};

use serde_json::Value;

use super::{
    UNITS, installation, summer,
    traces::{assert_nothing_is_left, digests, left},
};
use crate::support::{TestShop, on_both_databases};

on_both_databases!(
    left_alone_it_prints_what_happened_and_ends_well,
    interrupted_it_deletes_all_and_ends_badly,
    what_it_leaves_when_it_is_killed_is_deleted_by_clean,
);

/// A running command, which ends with the test.
struct Rehearsing {
    child: Child,
    told: BufReader<ChildStderr>,
}

impl Drop for Rehearsing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Rehearsing {
    fn start(shop: &TestShop, installation: &super::Installation, arguments: &[&str]) -> Self {
        let folder = shop.folder.path();
        let package = folder.join("site/pkg");
        fs::create_dir_all(&package).unwrap();
        for file in ["holdfast.js", "holdfast.wasm"] {
            fs::write(package.join(file), "").unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        command
            .env_clear()
            .current_dir(folder)
            .env("DATABASE_URL", &installation.database_url)
            .env("HOLDFAST_DATA_DIR", folder.join("data"))
            .env("HOLDFAST_REDIS_NAMESPACE", &installation.redis_namespace)
            .env("LEPTOS_OUTPUT_NAME", "holdfast")
            .env("LEPTOS_SITE_ROOT", folder.join("site"))
            .env("LEPTOS_SITE_PKG_DIR", "pkg")
            .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
            .env("LEPTOS_HASH_FILES", "false");
        if let Some(redis) = &installation.redis_url {
            command.env("REDIS_URL", redis);
        }
        let mut child = command
            .arg("rehearse")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server runs");
        let told = BufReader::new(child.stderr.take().unwrap());
        Self { child, told }
    }

    /// Reads until it says this.
    fn until(&mut self, words: &str) {
        let mut all = String::new();
        loop {
            let mut line = String::new();
            let read = self.told.read_line(&mut line).unwrap();
            assert!(read > 0, "it never says {words:?}: {all}");
            if line.contains(words) {
                return;
            }
            all += &line;
        }
    }

    /// Whether it ended well, and the rest of what it said on both of its outputs.
    fn end(&mut self) -> (bool, String, String) {
        let (mut told, mut printed) = (String::new(), String::new());
        self.told.read_to_string(&mut told).unwrap();
        let mut stdout = self.child.stdout.take().unwrap();
        stdout.read_to_string(&mut printed).unwrap();
        (self.child.wait().unwrap().success(), printed, told)
    }
}

async fn left_alone_it_prints_what_happened_and_ends_well(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let before = digests(shop.db()).await;
    let wanted = [
        "--drop",
        &slug,
        "--buyers",
        "30",
        "--seconds",
        "5",
        "--p99-ms",
        "30000",
        "--json",
    ];
    let (is_well, printed, told) = Rehearsing::start(&shop, &installation, &wanted).end();
    assert!(is_well, "{printed}{told}");
    let printed: Value = serde_json::from_str(&printed).unwrap();
    let figures = &printed["figures"];
    assert_eq!(figures["sold"], UNITS, "{figures}");
    assert_eq!(figures["sold_out"], 30 - UNITS, "{figures}");
    assert!(told.contains("the drop has started"), "{told}");
    assert_eq!(digests(shop.db()).await, before);
    assert_nothing_is_left(&installation, shop.db()).await;
    assert!(
        !shop.folder.path().join("data/mail").exists(),
        "nobody has got an e-mail"
    );
}

async fn interrupted_it_deletes_all_and_ends_badly(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let before = digests(shop.db()).await;
    let wanted = ["--drop", &slug, "--buyers", "30", "--seconds", "60"];
    let mut running = Rehearsing::start(&shop, &installation, &wanted);
    running.until("the drop has started");
    assert_ne!(left(&installation, shop.db()).await, Vec::<String>::new());
    let id = running.child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(sent.success());
    let (is_well, printed, told) = running.end();
    assert!(!is_well);
    assert_eq!(printed, "");
    assert!(told.contains("the rehearsal was stopped"), "{told}");
    assert_eq!(digests(shop.db()).await, before);
    assert_nothing_is_left(&installation, shop.db()).await;
}

async fn what_it_leaves_when_it_is_killed_is_deleted_by_clean(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let before = digests(shop.db()).await;
    let wanted = ["--drop", &slug, "--buyers", "30", "--seconds", "60"];
    let mut running = Rehearsing::start(&shop, &installation, &wanted);
    running.until("the drop has started");
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    assert_ne!(left(&installation, shop.db()).await, Vec::<String>::new());
    assert_eq!(digests(shop.db()).await, before);

    // The database may not know yet that it is gone.
    let mut cleaned = String::new();
    for _ in 0..100 {
        let (is_well, printed, told) = Rehearsing::start(&shop, &installation, &["--clean"]).end();
        if is_well {
            cleaned = printed;
            break;
        }
        assert!(told.contains("another rehearsal"), "{told}");
    }
    assert!(cleaned.contains("is deleted"), "{cleaned}");
    assert_nothing_is_left(&installation, shop.db()).await;
    let again = Rehearsing::start(&shop, &installation, &["--clean"]).end();
    assert!(again.1.contains("has left anything"), "{}", again.1);
}

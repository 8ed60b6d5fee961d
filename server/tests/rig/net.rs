//! Ports, clients, and how many connections there may be.

use std::{
    collections::BTreeSet,
    net::TcpListener,
    process::Command,
    sync::{Mutex, Once, PoisonError},
    time::Duration,
};

use rand::Rng;

/// A port that nobody listens on, below those that the system gives to outgoing connections: a
/// server that is started again finds its own port free. None is given twice: who has it may not
/// listen yet.
pub fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut rng = rand::rng();
    (0..1000)
        .map(|_| rng.random_range(10_000..32_000))
        .find(|port| given.insert(*port) && TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("some port is free")
}

/// A client that keeps no cookies, follows nothing, decodes nothing, and gives up after `patience`.
pub fn client(patience: Duration) -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_gzip()
        .connect_timeout(Duration::from_secs(2))
        .timeout(patience)
        .build()
        .expect("a client can be made")
}

/// Lets this process and those it starts hold as many connections as the system allows: thousands
/// of shoppers come at once.
pub fn allow_many_files() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let myself = std::process::id().to_string();
        // Where there is no such tool the limit stays, and a test that needs more will say so.
        let _ = Command::new("sh")
            .args(["-c", "prlimit --pid \"$1\" --nofile=$(ulimit -Hn)", "sh"])
            .arg(myself)
            .output();
    });
}

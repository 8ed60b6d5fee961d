//! A network between two servers: slow, and it may lead elsewhere or break off.

use std::{
    io,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rand::Rng;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{mpsc, watch},
    task::JoinHandle,
    time::Instant,
};

/// Passes connections on, as a balancer in front of a database does: it takes every connection, and
/// closes those that it cannot pass on.
pub struct Proxy {
    pub port: u16,
    state: Arc<State>,
    accepting: JoinHandle<()>,
}

struct State {
    target: Mutex<u16>,
    /// How long what is sent is under way, in milliseconds; another time for each piece.
    delay: Mutex<Range<u64>>,
    /// Raised to break off every connection.
    cuts: watch::Sender<u64>,
}

impl Proxy {
    pub async fn before(target: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("some port is free");
        let port = listener.local_addr().expect("it listens").port();
        let state = Arc::new(State {
            target: Mutex::new(target),
            delay: Mutex::new(0..1),
            cuts: watch::Sender::new(0),
        });
        let passing = state.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, passing.clone()));
            }
        });
        Self {
            port,
            state,
            accepting,
        }
    }

    /// New connections lead to this port.
    pub fn lead_to(&self, target: u16) {
        *locked(&self.state.target) = target;
    }

    pub fn delay(&self, milliseconds: Range<u64>) {
        *locked(&self.state.delay) = milliseconds;
    }

    /// Breaks off every connection.
    pub fn cut(&self) {
        self.state.cuts.send_modify(|cuts| *cuts += 1);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.cut();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn pass(client: TcpStream, state: Arc<State>) {
    let mut cuts = state.cuts.subscribe();
    cuts.mark_unchanged();
    let target = *locked(&state.target);
    let Ok(server) = TcpStream::connect(("127.0.0.1", target)).await else {
        return;
    };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        _ = carry(from_client, to_server, &state) => {}
        _ = carry(from_server, to_client, &state) => {}
        _ = cuts.changed() => {}
    }
}

/// Each piece arrives after a time of its own, but never before the one that was sent earlier.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, state: &State) -> io::Result<()> {
    let (sending, mut under_way) = mpsc::channel::<(Instant, Vec<u8>)>(1024);
    let reading = async {
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let read = from.read(&mut buffer).await?;
            if read == 0 {
                return Ok(());
            }
            let delay = rand::rng().random_range(locked(&state.delay).clone());
            let due = Instant::now() + Duration::from_millis(delay);
            if sending.send((due, buffer[..read].to_vec())).await.is_err() {
                return Ok(());
            }
        }
    };
    let writing = async {
        while let Some((due, piece)) = under_way.recv().await {
            tokio::time::sleep_until(due).await;
            to.write_all(&piece).await?;
        }
        Ok(())
    };
    tokio::select! {
        ended = reading => ended,
        ended = writing => ended,
    }
}

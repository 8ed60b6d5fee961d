//! A wire to a server on which everything is under way for a part of a millisecond. The tests' proxy
//! counts whole milliseconds, as the runtime's timers do, so this one has threads that sleep.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

/// Each only copies bytes.
const STACK: usize = 128 * 1024;

pub struct SlowWire {
    pub port: u16,
    is_cut: Arc<AtomicBool>,
}

impl SlowWire {
    /// Each piece takes `one_way` and what a thread needs to wake up.
    pub fn before(target: u16, one_way: Duration) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("some port is free");
        let port = listener.local_addr().expect("it listens").port();
        let is_cut = Arc::new(AtomicBool::new(false));
        let cut = is_cut.clone();
        start(move || {
            for client in listener.incoming() {
                if cut.load(Ordering::Relaxed) {
                    return;
                }
                // Who is not let through finds out by the end of the connection.
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(("127.0.0.1", target)))
                else {
                    continue;
                };
                join(&client, &server, one_way);
            }
        });
        Self { port, is_cut }
    }
}

impl Drop for SlowWire {
    fn drop(&mut self) {
        self.is_cut.store(true, Ordering::Relaxed);
        // The listener looks at it when someone comes.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn start(work: impl FnOnce() + Send + 'static) {
    let started = thread::Builder::new().stack_size(STACK).spawn(work);
    started.expect("there is room for a thread");
}

fn join(client: &TcpStream, server: &TcpStream, one_way: Duration) {
    for (from, to) in [(client, server), (server, client)] {
        let set = to.set_nodelay(true);
        let (from, to) = (from.try_clone(), to.try_clone());
        if let (Ok(()), Ok(from), Ok(to)) = (set, from, to) {
            carry(from, to, one_way);
        }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, one_way: Duration) {
    let (sending, under_way) = mpsc::channel::<(Instant, Vec<u8>)>();
    start(move || {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            let piece = (Instant::now() + one_way, buffer[..read].to_vec());
            if sending.send(piece).is_err() {
                break;
            }
        }
        // The other end may be gone already.
        let _ = from.shutdown(Shutdown::Read);
    });
    start(move || {
        while let Ok((due, piece)) = under_way.recv() {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&piece).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}

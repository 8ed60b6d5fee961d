//! Threads for what many requests wait for at once: batches of orders, and what is asked of Redis.
//!
//! A thread takes tasks in the order in which they become ready. Behind a thousand requests an answer of the database
//! would have to wait until each of them had its turn, and a batch waits for a dozen such answers, one after the other,
//! in which neither the node nor the database gets on with it. These threads answer no requests, and the system shares
//! its processors fairly between threads.
//!
//! A node that serves has them; elsewhere there is one runtime for everything.

use std::{io, sync::OnceLock};

use tokio::{
    runtime::{Builder, Runtime},
    task::JoinHandle,
};

/// While one decides a batch, the other takes what Redis and the database answer.
const THREADS: usize = 2;

static AHEAD: OnceLock<Runtime> = OnceLock::new();

/// From now on there are such threads, as long as the process lives.
pub fn begin() -> io::Result<()> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(THREADS)
        .thread_name("ahead")
        .enable_all()
        .build()?;
    // Of two who begin, one is as good as the other.
    if let Err(other) = AHEAD.set(runtime) {
        other.shutdown_background();
    }
    Ok(())
}

/// Does this work on these threads, with all that it spawns. Without them, where it is asked for.
pub fn spawn<F>(work: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    match AHEAD.get() {
        Some(runtime) => runtime.spawn(work),
        None => tokio::spawn(work),
    }
}

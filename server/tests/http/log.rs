//! What the program writes into its log, as it does where no terminal is.

use std::{
    io,
    sync::{Mutex, Once},
};

use serde_json::Value;
use tracing_subscriber::EnvFilter;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// From now on the log is kept. All shops of this program write into it.
pub fn listen() {
    static BEGIN: Once = Once::new();
    BEGIN.call_once(|| {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("security=info,server=info"))
            .with_writer(|| Log)
            .json()
            .init();
    });
}

/// The lines with this text in them.
pub fn lines_with(text: &str) -> Vec<Value> {
    let log = LOG.lock().unwrap().clone();
    let log = String::from_utf8(log).expect("the log is text");
    log.lines()
        .filter(|line| line.contains(text))
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect()
}

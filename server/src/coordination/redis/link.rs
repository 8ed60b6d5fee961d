//! The connection: calls with a time limit, and the way back after an outage.

use std::{
    pin::pin,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use fred::{
    clients::{Client, WithOptions},
    error::{Error, ErrorKind},
    interfaces::{ClientLike, EventInterface},
    types::{ClusterHash, CustomCommand, FromValue, Value, config::Options, scripts::Script},
};
use futures_util::FutureExt;
use tokio::{
    sync::{Notify, broadcast::error::RecvError},
    time::timeout,
};
use tokio_util::task::AbortOnDropHandle;

use super::{super::Unavailable, address::Keys, breaker::Breaker};

/// How long a call of a request waits at most, so that none takes more than 50 ms longer for it.
pub const CALL: Duration = Duration::from_millis(40);

/// How often the runtime is given the chance to read what has come, once the time is over.
const LOOKS: usize = 3;

/// A time limit that fires so late says that this process got no time, and nothing about Redis.
const LATE: Duration = Duration::from_millis(15);

/// A hiccup that is over sooner, in which nothing was lost, is no outage: caches stay.
const HICCUP: Duration = Duration::from_millis(250);

/// How long the recovery waits for an answer; no request waits for it.
const RECOVERY_CALL: Duration = Duration::from_secs(1);
const RECOVERY_PAUSE: Duration = Duration::from_millis(100);

/// After so many failed tries on what seems a good connection, a new one is made.
const TRIES_PER_CONNECTION: u32 = 10;

/// A script by its name in the metrics.
pub struct Call {
    name: &'static str,
    script: Script,
}

impl Call {
    pub fn new(name: &'static str, lua: &'static str) -> Self {
        Self {
            name,
            script: Script::from_lua(lua),
        }
    }

    /// Whether others would go on with what they have if it did not arrive.
    fn announces(&self) -> bool {
        self.name.starts_with("bump")
    }
}

pub struct Link {
    pub client: Client,
    pub breaker: Breaker,
    pub keys: Keys,
    /// How long a call waits at most: [`CALL`], except in tests of what is not about time.
    pub limit: Duration,
    bump_all: Call,
    look: Call,
    /// Whether something may have been lost that only a new epoch makes good.
    lost: AtomicBool,
    replace: Notify,
    last_error: Mutex<Option<String>>,
}

impl Link {
    pub fn new(client: Client, keys: Keys, limit: Duration) -> Self {
        Self {
            client,
            breaker: Breaker::new(),
            keys,
            limit,
            bump_all: Call::new("bump_all", include_str!("bump_all.lua")),
            look: Call::new("look", include_str!("stamp.lua")),
            lost: AtomicBool::new(true),
            replace: Notify::new(),
            last_error: Mutex::default(),
        }
    }

    /// Runs a script, unless the breaker is open. Any failure opens it.
    pub async fn call<R: FromValue>(
        &self,
        call: &Call,
        keys: Vec<String>,
        arguments: Vec<Value>,
    ) -> Result<R, Unavailable> {
        let period = self.breaker.period().inspect_err(|Unavailable| {
            if call.announces() {
                self.lost.store(true, Ordering::SeqCst);
            }
        })?;
        let began = Instant::now();
        let result = self.run(&call.script, keys, arguments, self.limit).await;
        metrics::histogram!("holdfast_redis_call_seconds", "call" => call.name)
            .record(began.elapsed());
        match result {
            Ok(reply) if self.breaker.is_current(period) => Ok(reply),
            Ok(_) => Err(Unavailable),
            Err(error) => {
                let is_slow = *error.kind() == ErrorKind::Timeout;
                if !is_slow || call.announces() {
                    self.lost.store(true, Ordering::SeqCst);
                }
                if !is_slow || began.elapsed() < self.limit + LATE {
                    self.breaker.open(period, &error);
                }
                Err(Unavailable)
            }
        }
    }

    pub async fn bump_all(&self) -> Result<(), Unavailable> {
        self.call(&self.bump_all, vec![self.keys.generations()], vec![])
            .await
    }

    /// A client whose commands are tried once, at once or not at all.
    pub fn within(&self, limit: Duration) -> WithOptions<Client> {
        self.client.with_options(&Options {
            max_attempts: Some(1),
            fail_fast: true,
            // None at all is what zero would mean.
            timeout: Some(limit.max(Duration::from_millis(1))),
            ..Options::default()
        })
    }

    async fn run<R: FromValue>(
        &self,
        script: &Script,
        keys: Vec<String>,
        arguments: Vec<Value>,
        limit: Duration,
    ) -> Result<R, Error> {
        let began = Instant::now();
        let mut words: Vec<Value> = vec![script.sha1().clone().into(), keys.len().try_into()?];
        words.extend(keys.into_iter().map(Value::from));
        words.extend(arguments);
        match (
            self.command("EVALSHA", words.clone(), limit).await,
            script.lua(),
        ) {
            // A server that was started again knows no scripts.
            (Err(error), Some(lua)) if error.details().starts_with("NOSCRIPT") => {
                words[0] = lua.clone().into();
                let left = limit.saturating_sub(began.elapsed());
                self.command("EVAL", words, left).await
            }
            (result, _) => result,
        }
    }

    /// fred's own EVAL and EVALSHA let options and their time limit drop without a word.
    async fn command<R: FromValue>(
        &self,
        name: &'static str,
        words: Vec<Value>,
        limit: Duration,
    ) -> Result<R, Error> {
        let home = ClusterHash::Custom(self.keys.slot());
        let command = CustomCommand::new_static(name, home, false);
        let client = self.within(2 * limit);
        let mut answer = pin!(client.custom(command, words));
        if let Ok(answer) = timeout(limit, &mut answer).await {
            return answer;
        }
        // In a process that gets too little time the answer may have come and not been read yet.
        for _ in 0..LOOKS {
            tokio::task::yield_now().await;
            if let Some(answer) = answer.as_mut().now_or_never() {
                return answer;
            }
        }
        Err(Error::new(ErrorKind::Timeout, "no answer in time"))
    }

    /// Brings Redis back whenever it was away. After more than a hiccup everything cached is made
    /// unreachable first: another server may answer, and changes may not have arrived.
    pub async fn recover(&self) {
        loop {
            self.breaker.until_open().await;
            let opened = Instant::now();
            let mut failed = 0;
            loop {
                let was_lost = self.lost.swap(false, Ordering::SeqCst);
                let script = if was_lost || opened.elapsed() > HICCUP {
                    &self.bump_all.script
                } else {
                    &self.look.script
                };
                let keys = vec![self.keys.generations()];
                match self.run::<Value>(script, keys, vec![], RECOVERY_CALL).await {
                    Ok(_) => break,
                    Err(error) => self.note(&error),
                }
                self.lost.fetch_or(was_lost, Ordering::SeqCst);
                failed += 1;
                if failed % TRIES_PER_CONNECTION == 0 && self.client.is_connected() {
                    self.replace.notify_one();
                }
                tokio::time::sleep(RECOVERY_PAUSE).await;
            }
            self.breaker.close();
        }
    }

    /// Keeps the client running. It reconnects by itself, except where it takes an error for a wrong
    /// setting or is stuck in writing.
    pub async fn keep_connected(&self) {
        loop {
            let connection = AbortOnDropHandle::new(self.client.connect());
            tokio::select! {
                _ = connection => {}
                () = self.replace.notified() => {}
            }
            tokio::time::sleep(RECOVERY_PAUSE).await;
        }
    }

    /// Opens the breaker when the connection is lost, though nobody may have asked anything: the
    /// next one may lead to another server.
    pub async fn watch(&self) {
        let mut errors = self.client.error_rx();
        loop {
            match errors.recv().await {
                Ok((error, _)) => {
                    self.note(&error);
                    self.lost.store(true, Ordering::SeqCst);
                    if let Ok(period) = self.breaker.period() {
                        self.breaker.open(period, &error);
                    }
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    }

    fn note(&self, error: &Error) {
        // "Cancelled" only says that there is no connection, not why.
        if !error.is_canceled() {
            let mut last = self
                .last_error
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *last = Some(error.to_string());
        }
    }

    /// What went wrong last, for the operator.
    pub fn last_error(&self) -> String {
        let last = self
            .last_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        last.clone().unwrap_or_else(|| "no connection".to_owned())
    }
}

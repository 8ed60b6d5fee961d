//! Events between nodes. A node hears its own at once, with or without Redis.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use fred::{
    clients::Client,
    error::Error,
    interfaces::{ClientLike, EventInterface, PubsubInterface},
};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        mpsc,
    },
    time::sleep_until,
};
use tokio_util::task::AbortOnDropHandle;

use super::{super::Event, link::Link};

/// Events a subscriber may be behind before it is told that it missed some.
const BEHIND: usize = 1024;
/// Events that may wait to be sent.
const WAITING: usize = 1024;

/// How often a subscription is asked whether it is alive, and how often a lost one is tried again.
const ALIVE_EVERY: Duration = Duration::from_secs(1);
const TRY_EVERY: Duration = Duration::from_millis(100);

#[derive(Serialize, Deserialize)]
struct Published {
    /// Who sent it: a node has heard its own already.
    node: String,
    event: Event,
}

pub struct Events {
    heard: Heard,
    queue: mpsc::Sender<Event>,
}

/// What is told on this node.
#[derive(Clone)]
struct Heard {
    events: broadcast::Sender<Event>,
    /// Locks that are free and that someone wanted.
    freed: broadcast::Sender<Arc<str>>,
}

impl Events {
    /// Both ends, and the work to be spawned: sending, and listening on a connection of its own.
    pub fn new(
        link: Arc<Link>,
        subscriber: Client,
    ) -> (
        Self,
        impl Future<Output = ()> + Send + 'static,
        impl Future<Output = ()> + Send + 'static,
    ) {
        let heard = Heard {
            events: broadcast::Sender::new(BEHIND),
            freed: broadcast::Sender::new(BEHIND),
        };
        let (queue, waiting) = mpsc::channel(WAITING);
        let node = crate::ids::new_id();
        let channels = Channels {
            events: link.keys.events(),
            freed: link.keys.freed(),
            locks: link.keys.lock(""),
        };
        let listening = listen(subscriber, channels, node.clone(), heard.clone());
        (Self { heard, queue }, send(link, node, waiting), listening)
    }

    pub fn publish(&self, event: Event) {
        // Nobody may be listening.
        let _ = self.heard.events.send(event.clone());
        if self.queue.try_send(event).is_err() {
            dropped();
        }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.heard.events.subscribe()
    }

    pub fn freed(&self) -> broadcast::Receiver<Arc<str>> {
        self.heard.freed.subscribe()
    }
}

fn dropped() {
    metrics::counter!("holdfast_redis_events_dropped_total").increment(1);
}

async fn send(link: Arc<Link>, node: String, mut waiting: mpsc::Receiver<Event>) {
    let channel = link.keys.events();
    while let Some(event) = waiting.recv().await {
        let node = node.clone();
        let (Ok(period), Ok(letter)) = (
            link.breaker.period(),
            serde_json::to_string(&Published { node, event }),
        ) else {
            dropped();
            continue;
        };
        let began = Instant::now();
        let sent: Result<i64, Error> = link
            .within(link.limit)
            .publish(channel.as_str(), letter)
            .await;
        metrics::histogram!("holdfast_redis_call_seconds", "call" => "publish")
            .record(began.elapsed());
        if let Err(error) = sent {
            dropped();
            link.breaker.open(period, &error);
        }
    }
}

struct Channels {
    events: String,
    freed: String,
    /// What names of locks begin with.
    locks: String,
}

async fn listen(subscriber: Client, channels: Channels, node: String, heard: Heard) {
    let mut letters = subscriber.message_rx();
    let mut connected = subscriber.reconnect_rx();
    let mut connection = AbortOnDropHandle::new(subscriber.connect());
    let mut subscribed = false;
    let mut due = tokio::time::Instant::now();
    loop {
        tokio::select! {
            letter = letters.recv() => match letter {
                Ok(letter) if *letter.channel == *channels.freed => {
                    let lock = letter.value.as_str();
                    let key = lock.as_deref().and_then(|lock| lock.strip_prefix(&channels.locks));
                    // Nobody may be waiting for it here.
                    let _ = key.map(|key| heard.freed.send(Arc::from(key)));
                }
                Ok(letter) => deliver(letter.value.as_bytes(), &node, &heard.events),
                Err(RecvError::Lagged(_)) => missed(&heard.events),
                Err(RecvError::Closed) => return,
            },
            _ = connected.recv() => {
                subscribed = false;
                due = tokio::time::Instant::now();
            }
            () = sleep_until(due) => {
                if connection.is_finished() {
                    connection = AbortOnDropHandle::new(subscriber.connect());
                }
                let before = subscribed;
                let answer = if before {
                    subscriber.ping(None).await
                } else {
                    subscribe(&subscriber, &channels).await
                };
                subscribed = answer.is_ok();
                if subscribed && !before {
                    missed(&heard.events);
                }
                due = tokio::time::Instant::now() + if subscribed { ALIVE_EVERY } else { TRY_EVERY };
            }
        }
    }
}

/// Once this is back, what is published is heard.
async fn subscribe(subscriber: &Client, channels: &Channels) -> Result<(), Error> {
    if !subscriber.is_connected() {
        return Err(Error::new_canceled());
    }
    let both = vec![channels.events.as_str(), channels.freed.as_str()];
    subscriber.subscribe(both).await?;
    // The client does not wait for the confirmation; answers come in order.
    subscriber.ping(None).await
}

fn deliver(letter: Option<&[u8]>, node: &str, local: &broadcast::Sender<Event>) {
    match letter.map(serde_json::from_slice::<Published>) {
        Some(Ok(letter)) if letter.node == node => {}
        Some(Ok(letter)) => {
            let _ = local.send(letter.event);
        }
        // From a newer node, perhaps: something happened that this one cannot name.
        _ => missed(local),
    }
}

fn missed(local: &broadcast::Sender<Event>) {
    let _ = local.send(Event::Missed);
}

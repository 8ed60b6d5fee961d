//! A payment provider to test against, which speaks Stripe's API as far as a shop uses it: pages,
//! payments that are authorised and captured, cards that ask their owner, refunds, disputes, keys of
//! idempotency, signed events with retries, limits and errors as documented. By a seed it also does
//! what networks do: events come late, twice, in another order or never, answers are lost after the
//! effect, and shoppers close the page.
//!
//! It knows nothing of the shop. Where it may be wrong about Stripe, so may the shop's client: what
//! others have written holds the provider to account: `cargo xtask peers`.
#![allow(
    dead_code,
    unused_imports,
    reason = "each test binary and the example use their part of this"
)]

mod api;
mod audit;
pub mod books;
pub mod cards;
mod dashboard;
mod hooks;
mod keys;
pub mod mischief;
mod pages;
mod params;
mod refusal;
mod render;
mod serve;
mod shopper;

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

pub use audit::{Account, Asked};
use books::{Books, Endpoint};
pub use hooks::signature;
use keys::Keys;
pub use mischief::{Fate, Mischief};
pub use pages::Visit;

/// The version of the API that is spoken.
pub const API_VERSION: &str = "2026-10-28.endive";
pub const SECRET_KEY: &str = "sk_test_rig";

#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub mischief: Mischief,
    /// More are answered 429.
    pub requests_a_second: u32,
    /// Before an event that was not taken is sent again; doubled each time.
    pub retry_pause: Duration,
    pub retries: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mischief: Mischief::NONE,
            requests_a_second: u32::MAX,
            retry_pause: Duration::from_millis(50),
            retries: 8,
        }
    }
}

/// Whether requests are answered at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Up,
    /// 503 to everything.
    Down,
}

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedRequest {
    /// `POST /v1/refunds`
    pub what: String,
    pub key: Option<String>,
    pub version: Option<String>,
    pub status: u16,
}

/// What became of sending an event, once for each copy and webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub event: String,
    pub kind: &'static str,
    pub fate: DeliveryFate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryFate {
    Taken,
    /// By mischief.
    NeverSent,
    GivenUp,
}

/// The answer to a request that is done and waits to be sent.
#[derive(Clone)]
pub struct Held {
    what: String,
    is_done: Arc<Notify>,
    may_go: Arc<Notify>,
}

impl Held {
    pub async fn done(&self) {
        self.is_done.notified().await;
    }

    pub fn let_go(&self) {
        self.may_go.notify_one();
    }
}

/// The provider. It is gone when this is.
pub struct Provider {
    rig: Arc<Rig>,
    serving: JoinHandle<()>,
}

/// What all requests share.
struct Rig {
    address: SocketAddr,
    settings: Settings,
    books: Mutex<Books>,
    keys: Mutex<Keys>,
    service: Mutex<Service>,
    /// What requests of an address meet next, before mischief has its turn.
    planned: Mutex<Vec<(String, Fate)>>,
    held: Mutex<Option<Held>>,
    /// Sessions of which nobody is told.
    hushed: Mutex<BTreeSet<String>>,
    asked: Mutex<Vec<ReceivedRequest>>,
    /// The second that requests are counted in, and how many came in it.
    counted: Mutex<(i64, u32)>,
    deliveries: Mutex<Vec<Delivery>>,
    under_way: AtomicUsize,
    /// How far the provider's clock is ahead, in seconds.
    ahead: AtomicI64,
    http: reqwest::Client,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rig {
    /// What was planned for the next request of this address.
    fn planned(&self, what: &str) -> Option<Fate> {
        let mut planned = locked(&self.planned);
        let at = planned.iter().position(|(known, _)| known == what)?;
        Some(planned.remove(at).1)
    }

    /// What was held of the next request of this address.
    fn held(&self, what: &str) -> Option<Held> {
        locked(&self.held).take_if(|held| held.what == what)
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// In seconds since 1970.
    fn now(&self) -> i64 {
        let system = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = system.expect("it is after 1970").as_secs();
        i64::try_from(seconds).expect("it is before the end of time")
            + self.ahead.load(Ordering::SeqCst)
    }
}

impl Provider {
    /// On a free port of this machine.
    pub async fn start(settings: Settings) -> Self {
        Self::start_on(settings, 0).await
    }

    /// On this port; 0 for a free one.
    pub async fn start_on(settings: Settings, port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .expect("the port is free");
        let address = listener.local_addr().expect("it has an address");
        let mut books = Books::new(format!("{:08x}", rand::random::<u32>()));
        books.url = format!("http://{address}");
        let rig = Arc::new(Rig {
            address,
            settings,
            books: Mutex::new(books),
            keys: Mutex::default(),
            service: Mutex::new(Service::Up),
            planned: Mutex::default(),
            held: Mutex::default(),
            hushed: Mutex::default(),
            asked: Mutex::default(),
            counted: Mutex::default(),
            deliveries: Mutex::default(),
            under_way: AtomicUsize::new(0),
            ahead: AtomicI64::new(0),
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .timeout(Duration::from_secs(30))
                .no_proxy()
                .build()
                .expect("a client can be made"),
        });
        let router = serve::router(rig.clone());
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                eprintln!("the provider ended: {error}");
            }
        });
        Self { rig, serving }
    }

    pub fn url(&self) -> String {
        self.rig.url()
    }

    /// Sends all events to this address from now on, signed with this secret.
    pub fn send_to(&self, url: &str, secret: &str) {
        self.send_some_to(url, secret, &["*"]);
    }

    pub fn send_some_to(&self, url: &str, secret: &str, events: &[&str]) {
        let now = self.rig.now();
        let mut books = locked(&self.rig.books);
        let id = books.name("we_");
        let endpoint = Endpoint {
            id: id.clone(),
            url: url.to_owned(),
            secret: secret.to_owned(),
            events: events.iter().map(|event| (*event).to_owned()).collect(),
            created: now,
        };
        books.endpoints.insert(id, endpoint);
    }

    pub fn forget_keys(&self) {
        locked(&self.rig.keys).forget_all();
    }

    pub fn set_service(&self, service: Service) {
        *locked(&self.rig.service) = service;
    }

    /// The next requests of `what`, such as `POST /v1/refunds`, meet these fates, one each.
    pub fn plan(&self, what: &str, fates: &[Fate]) {
        let planned = fates.iter().map(|fate| (what.to_owned(), *fate));
        locked(&self.rig.planned).extend(planned);
    }

    /// The answer to the next request of `what` is held back.
    pub fn hold(&self, what: &str) -> Held {
        let held = Held {
            what: what.to_owned(),
            is_done: Arc::default(),
            may_go: Arc::default(),
        };
        *locked(&self.rig.held) = Some(held.clone());
        held
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

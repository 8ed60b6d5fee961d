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
mod hooks;
mod keys;
pub mod mischief;
mod pages;
mod params;
mod refusal;
mod render;
mod serve;

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

pub use audit::Asked;
use books::{Books, DisputeStatus, Endpoint, IntentStatus};
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

/// One payment at the end of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub intent: String,
    /// From the metadata.
    pub order_id: Option<String>,
    pub status: IntentStatus,
    pub currency: String,
    /// Set aside and not captured, in the provider's units.
    pub held: i64,
    pub captured: i64,
    pub refunded: i64,
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

    /// Moves the provider's clock on: pages and authorisations end, keys are forgotten.
    pub fn advance(&self, by: Duration) {
        let seconds = i64::try_from(by.as_secs()).expect("a time that tests wait for");
        self.rig.ahead.fetch_add(seconds, Ordering::SeqCst);
        let now = self.rig.now();
        locked(&self.rig.books).sweep(now);
        hooks::publish(&self.rig);
    }

    pub fn forget_keys(&self) {
        locked(&self.rig.keys).forget_all();
    }

    pub fn set_service(&self, service: Service) {
        *locked(&self.rig.service) = service;
    }

    /// The owner of the card that a payment was made with wants the money back. The dispute's name.
    pub fn dispute(&self, intent: &str, reason: &str) -> String {
        let now = self.rig.now();
        let id = locked(&self.rig.books).dispute(intent, reason, now);
        hooks::publish(&self.rig);
        id
    }

    /// The bank of the card that a payment was made with asks about it. The dispute's name.
    pub fn inquire(&self, intent: &str, reason: &str) -> String {
        let now = self.rig.now();
        let id = locked(&self.rig.books).inquire(intent, reason, now);
        hooks::publish(&self.rig);
        id
    }

    /// The same as a dispute of a part of a payment.
    pub fn dispute_part(&self, intent: &str, amount: i64) -> String {
        let now = self.rig.now();
        let id = locked(&self.rig.books).dispute_part(intent, amount, now);
        hooks::publish(&self.rig);
        id
    }

    /// A dispute that was lost is looked at once more.
    pub fn appeal(&self, id: &str) {
        let now = self.rig.now();
        locked(&self.rig.books).appeal(id, now);
        hooks::publish(&self.rig);
    }

    /// Someone refunds a payment in the provider's dashboard.
    pub fn refund(&self, intent: &str) {
        let now = self.rig.now();
        let sent = locked(&self.rig.books).refund(intent, None, None, BTreeMap::new(), now);
        sent.expect("it can be refunded");
        hooks::publish(&self.rig);
    }

    /// The same of a part of it.
    pub fn refund_part(&self, intent: &str, amount: i64) {
        let now = self.rig.now();
        let mut books = locked(&self.rig.books);
        let sent = books.refund(intent, Some(amount), None, BTreeMap::new(), now);
        sent.expect("it can be refunded");
        drop(books);
        hooks::publish(&self.rig);
    }

    /// A payment is captured as a shop does that never comes to write it down.
    pub fn capture(&self, intent: &str) {
        let now = self.rig.now();
        let captured = locked(&self.rig.books).capture(intent, None, now);
        captured.expect("it is authorised");
        hooks::publish(&self.rig);
    }

    /// Someone captures a part of a payment in the provider's dashboard. The rest is let go.
    pub fn capture_part(&self, intent: &str, amount: i64) {
        let now = self.rig.now();
        let captured = locked(&self.rig.books).capture(intent, Some(amount), now);
        captured.expect("it is authorised");
        hooks::publish(&self.rig);
    }

    /// A payment is let go at the provider, as when its authorisation has lapsed.
    pub fn cancel(&self, intent: &str) {
        let now = self.rig.now();
        // That it was before is no failure.
        let _ = locked(&self.rig.books).cancel(intent, now);
        hooks::publish(&self.rig);
    }

    /// What a bank has asked about becomes a dispute.
    pub fn escalate(&self, id: &str) {
        let now = self.rig.now();
        locked(&self.rig.books).escalate(id, now);
        hooks::publish(&self.rig);
    }

    pub fn close_dispute(&self, id: &str, status: DisputeStatus) {
        let now = self.rig.now();
        locked(&self.rig.books).close_dispute(id, status, now);
        hooks::publish(&self.rig);
    }

    pub fn settle_refunds(&self) {
        let now = self.rig.now();
        locked(&self.rig.books).settle_refunds(now);
        hooks::publish(&self.rig);
    }

    /// Refunds that are on their way do not arrive.
    pub fn fail_refunds(&self) {
        let now = self.rig.now();
        locked(&self.rig.books).fail_refunds(None, now);
        hooks::publish(&self.rig);
    }

    /// The same of those of this amount alone.
    pub fn fail_refunds_of(&self, amount: i64) {
        let now = self.rig.now();
        locked(&self.rig.books).fail_refunds(Some(amount), now);
        hooks::publish(&self.rig);
    }

    /// A payment is with its bank from now on, or has come back from it.
    pub fn set_status(&self, intent: &str, status: IntentStatus) {
        let mut books = locked(&self.rig.books);
        let intent = books.intents.get_mut(intent);
        intent.expect("it is in the books").status = status;
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

    /// What was typed on a page is with a bank, which takes its time.
    pub fn leave_processing(&self, page: &str) {
        let session = page.rsplit('/').next().unwrap_or_default();
        let mut books = locked(&self.rig.books);
        let session = books.sessions.get_mut(session);
        session.expect("the page is in the books").status = books::SessionStatus::Complete;
    }

    /// Whether the shopper who pays on this page closes it instead of coming back.
    pub fn closes_page(&self, page: &str) -> bool {
        let session = page.rsplit('/').next().unwrap_or_default();
        self.rig.settings.mischief.closes_page(session)
    }

    /// A shopper types a card on a page.
    pub async fn pay(&self, page: &str, card: &str) -> Visit {
        pages::send(&self.rig, page, &[("card", card)]).await
    }

    /// A shopper answers the question of the card's bank.
    pub async fn answer(&self, question: &str, word: &str) -> Visit {
        pages::send(&self.rig, question, &[("answer", word)]).await
    }

    /// What was captured, refunded and is set aside, by the order's id. Every payment names its order.
    pub fn sums(&self) -> BTreeMap<String, (i64, i64, i64)> {
        let mut sums = BTreeMap::<_, (i64, i64, i64)>::new();
        for account in self.accounts() {
            let order = account.order_id.expect("every payment names its order");
            let sum = sums.entry(order).or_default();
            sum.0 += account.captured;
            sum.1 += account.refunded;
            sum.2 += account.held;
        }
        sums
    }

    /// All payments.
    pub fn accounts(&self) -> Vec<Account> {
        let books = locked(&self.rig.books);
        let accounts = books.intents.values().map(|intent| {
            let refunds = books.refunds.values();
            let refunded = refunds
                .filter(|refund| refund.intent == intent.id)
                .filter(|refund| refund.status != books::RefundStatus::Failed)
                .map(|refund| refund.amount)
                .sum();
            let is_held = intent.status == IntentStatus::RequiresCapture;
            Account {
                intent: intent.id.clone(),
                order_id: intent.order.metadata.get("order_id").cloned(),
                status: intent.status,
                currency: intent.order.currency.clone(),
                held: if is_held { intent.order.amount } else { 0 },
                captured: intent.received,
                refunded,
            }
        });
        accounts.collect()
    }

    /// All requests until now, in the order in which they came.
    pub fn asked(&self) -> Vec<ReceivedRequest> {
        locked(&self.rig.asked).clone()
    }

    pub fn deliveries(&self) -> Vec<Delivery> {
        locked(&self.rig.deliveries).clone()
    }

    /// Waits until every event was taken, given up, or never sent.
    pub async fn quiet(&self) {
        while self.rig.under_way.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

//! What tests look up once all is over, and pages of which the provider tells nobody.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::Ordering,
    time::Duration,
};

use super::{
    Delivery, DeliveryFate, Fate, Provider, ReceivedRequest,
    books::{Books, DisputeStatus, Event, IntentStatus, RefundStatus},
    locked,
};

/// What a shop asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Look,
    Cancel,
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

/// The session that a page is of.
fn session_of(page: &str) -> &str {
    page.rsplit('/').next().unwrap_or_default()
}

impl Provider {
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
                .filter(|refund| refund.status != RefundStatus::Failed)
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

    /// Tells nobody of what happens on this page from now on, as if each event of it were lost.
    pub fn hush(&self, page: &str) {
        locked(&self.rig.hushed).insert(session_of(page).to_owned());
    }

    /// Answers the next look at the payment of a page, or the next try to let it go, with a failure each time it is
    /// tried, as if nobody were there.
    pub fn be_away(&self, page: &str, asked: Asked) {
        let what = match asked {
            Asked::Look => format!("GET /v1/checkout/sessions/{}", session_of(page)),
            Asked::Cancel => {
                let intent = self.intent_on(page).expect("a card was typed there");
                format!("POST /v1/payment_intents/{intent}/cancel")
            }
        };
        self.plan(&what, &[Fate::Failure; 3]);
    }

    /// What the payment of a page is called, once a card was typed there.
    pub fn intent_on(&self, page: &str) -> Option<String> {
        let books = locked(&self.rig.books);
        books.sessions.get(session_of(page))?.intent.clone()
    }

    /// Whether the payment of a page was let go.
    pub fn is_let_go(&self, page: &str) -> bool {
        let intent = self.intent_on(page);
        let books = locked(&self.rig.books);
        let intent = intent.and_then(|id| books.intents.get(&id));
        intent.is_some_and(|intent| intent.status == IntentStatus::Canceled)
    }

    /// Refunds that have not failed: what the shop calls each, or the provider if it was made there, and its amount.
    pub fn refunds(&self) -> Vec<(String, i64)> {
        let books = locked(&self.rig.books);
        let sent = books.refunds.values();
        let sent = sent.filter(|refund| refund.status != RefundStatus::Failed);
        let mut named: Vec<_> = sent
            .map(|refund| {
                let name = refund.metadata.get("refund_id").unwrap_or(&refund.id);
                (name.clone(), refund.amount)
            })
            .collect();
        named.sort();
        named
    }

    /// All disputes, by their names.
    pub fn disputes(&self) -> Vec<(String, DisputeStatus)> {
        let books = locked(&self.rig.books);
        let disputes = books.disputes.values();
        disputes
            .map(|dispute| (dispute.id.clone(), dispute.status))
            .collect()
    }

    /// The names of events that were taken.
    pub fn taken(&self) -> BTreeSet<String> {
        let deliveries = self.deliveries().into_iter();
        deliveries
            .filter(|delivery| delivery.fate == DeliveryFate::Taken)
            .map(|delivery| delivery.event)
            .collect()
    }
}

impl Books {
    /// The session that an event is about, if it is about one.
    pub(super) fn session_told<'a>(&'a self, event: &'a Event) -> Option<&'a str> {
        let object = &event.object;
        let id = object["id"].as_str();
        let intent = match object["object"].as_str() {
            Some("checkout.session") => return id,
            Some("payment_intent") => id,
            _ => object["payment_intent"].as_str(),
        };
        self.intents.get(intent?)?.session.as_deref()
    }
}

//! A release by hand that the provider did not hear of: nothing is captured from when it was asked for, and the first
//! look finishes it.

use app::{
    error::ErrorKind,
    identity::Account,
    orders::{payment::PaymentStatus, types::OrderStatus},
};
use server::db::Sql;

use super::{
    WEBHOOK_SECRET, books, opened, opened_with, paid_on, placed,
    provider::{Fate, Provider, Service, Settings, Visit, cards, signature},
    status,
    told::{KEY, SetAside},
};
use crate::support::{Answer, Goods, MINUTE, Site, TestShop, on_both_databases};

on_both_databases!(
    a_release_is_finished_by_the_first_look,
    a_release_that_a_node_did_not_live_to_send_is_finished_by_another,
    a_look_that_began_before_the_release_captures_nothing,
    a_capture_that_came_before_the_release_is_told,
    a_release_of_a_page_that_nobody_has_paid_on_ends_the_page,
    nobody_is_sent_to_a_page_that_is_to_be_released,
    what_is_to_be_released_is_not_captured_by_hand,
    a_release_of_a_cancelled_order_charges_nothing,
    a_refused_release_is_forgotten_and_the_payment_is_captured,
    a_form_that_has_released_has_captured_nothing,
    the_page_tells_of_a_release_that_is_not_done,
);

const WANTED: &str =
    "SELECT COUNT(*) AS n FROM payment_attempts WHERE release_wanted_at IS NOT NULL";
const ATTEMPTS: &str = "SELECT COUNT(*) AS n FROM payment_attempts";
const AUDITED: &str = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.void'";

impl SetAside {
    /// Asks for the release while the provider is away.
    async fn release_in_vain(&self) {
        self.provider.set_service(Service::Down);
        let desk = &self.shop.shop().order_desk;
        let order = desk.void_payment(&self.admin, &self.id, KEY).await.unwrap();
        assert_eq!(order.status, OrderStatus::PendingPayment);
        self.provider.set_service(Service::Up);
        assert_eq!(books(&self.provider), (0, 0, 2000), "it is held still");
        assert_eq!(self.shop.number(WANTED).await, 1);
    }

    /// It is let go of, and the order waits to be paid with the next attempt.
    async fn assert_released(&self, by: &str) {
        assert_eq!(books(&self.provider), (0, 0, 0), "{by}");
        let desk = self.shop.shop().order_desk.order(&self.id).await.unwrap();
        assert_eq!(desk.order.status, OrderStatus::PendingPayment, "{by}");
        let states: Vec<_> = desk.attempts.iter().map(|one| one.status).collect();
        assert_eq!(
            states,
            [PaymentStatus::Voided, PaymentStatus::Pending],
            "{by}"
        );
        assert!(desk.attempts[1].release_wanted_at.is_none(), "{by}");
    }
}

struct Order {
    id: String,
    token: String,
}

/// Who looks at a payment after its release was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Event,
    WayBack,
    PayButton,
    Now,
    OtherNode,
    SameForm,
    OtherForm,
    /// The time for paying is over.
    Overdue,
}

impl Look {
    const ALL: [Self; 8] = [
        Self::Event,
        Self::WayBack,
        Self::PayButton,
        Self::Now,
        Self::OtherNode,
        Self::SameForm,
        Self::OtherForm,
        Self::Overdue,
    ];

    async fn take(self, (shop, provider): (&TestShop, &Provider), admin: &Account, of: &Order) {
        let (id, token) = (&of.id, &of.token);
        let ports = shop.shop();
        match self {
            Self::Event => tell_authorised(shop, provider, id).await,
            Self::WayBack => {
                ports.orders.returned(token).await.unwrap();
            }
            Self::PayButton => {
                let next = ports.checkout.pay(token).await.unwrap();
                assert!(next.pay_at.is_some());
            }
            Self::Now => {
                shop.clock.advance(2 * MINUTE);
                shop.services.checkout.settle_overdue().await.unwrap();
            }
            Self::OtherNode => {
                shop.clock.advance(2 * MINUTE);
                let other = shop.second_node();
                other.services.checkout.settle_overdue().await.unwrap();
            }
            Self::SameForm | Self::OtherForm => {
                let key = match self {
                    Self::SameForm => KEY,
                    _ => "",
                };
                let desk = &ports.order_desk;
                desk.void_payment(admin, id, key).await.unwrap();
            }
            Self::Overdue => {
                shop.clock.advance(31 * MINUTE);
                shop.services.checkout.settle_overdue().await.unwrap();
            }
        }
    }
}

/// The provider's event that the payment of an order is set aside, as it comes late.
async fn tell_authorised(shop: &TestShop, provider: &Provider, id: &str) {
    let site: Site = shop.open().await;
    let accounts = provider.accounts().into_iter();
    let mut of = accounts.filter(|account| account.order_id.as_deref() == Some(id));
    let intent = of.next().expect("it was paid").intent;
    let now = shop.now() / 1000;
    let body = serde_json::json!({
        "id": format!("evt_{id}"),
        "object": "event",
        "type": "payment_intent.amount_capturable_updated",
        "created": now,
        "livemode": false,
        "data": { "object": {
            "id": intent,
            "object": "payment_intent",
            "metadata": { "order_id": id, "attempt": "1" },
        } },
    })
    .to_string();
    let browser = site.browser();
    let request = browser.request(reqwest::Method::POST, "/hooks/stripe");
    let request = request.header("stripe-signature", signature(WEBHOOK_SECRET, now, &body));
    assert_eq!(Answer::of(request.body(body)).await.status, 200);
}

async fn a_release_is_finished_by_the_first_look(shop: TestShop) {
    let rope = Goods::named("Rope").price(1000).units(100);
    let (provider, shop, rope) = opened_with(&shop, Settings::default(), rope).await;
    let admin = shop.admin().await;
    let desk = &shop.shop().order_desk;
    for (n, look) in Look::ALL.into_iter().enumerate() {
        let (placed, page) = placed(&shop, &rope).await;
        paid_on(&provider, &page).await;
        let id = shop.order(&placed).await.id;
        provider.set_service(Service::Down);
        desk.void_payment(&admin, &id, KEY).await.unwrap();
        provider.set_service(Service::Up);
        assert_eq!(books(&provider), (0, 0, 2000), "{look:?}");
        let of = Order {
            id: id.clone(),
            token: placed.token.clone(),
        };
        look.take((&shop, &provider), &admin, &of).await;
        assert_eq!(books(&provider), (0, 0, 0), "{look:?}");
        let ended = match look {
            Look::Overdue => (OrderStatus::Cancelled, PaymentStatus::Voided),
            _ => (OrderStatus::PendingPayment, PaymentStatus::Pending),
        };
        assert_eq!(status(&shop, &placed).await, ended, "{look:?}");
        let audited = i64::try_from(n + 1).unwrap();
        assert_eq!(shop.number(AUDITED).await, audited, "{look:?}");
        if look == Look::Overdue {
            continue;
        }
        // It can be paid again, and that is captured.
        let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
        let next = again.pay_at.expect("there is a page to pay on");
        assert_ne!(next, page, "{look:?}");
        shop.shop().orders.cancel(&admin, &id).await.unwrap();
    }
}

/// All that is left of it is what was written down.
async fn a_release_that_a_node_did_not_live_to_send_is_finished_by_another(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let wish = format!(
        "UPDATE payment_attempts SET release_wanted_at = {}, asked_by = 'lee@example.com'",
        of.shop.now()
    );
    of.shop.execute(&wish).await;
    of.shop.clock.advance(2 * MINUTE);
    let other = of.shop.second_node();
    other.services.checkout.settle_overdue().await.unwrap();
    of.assert_released("another node").await;
}

/// It has read that nothing speaks against the capture, and waits for the provider's answer.
async fn a_look_that_began_before_the_release_captures_nothing(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let held = of.provider.hold(&of.look());
    let orders = &of.shop.shop().orders;
    let releasing = async {
        held.done().await;
        of.provider.plan(&of.look(), &[Fate::Failure; 3]);
        let desk = &of.shop.shop().order_desk;
        desk.void_payment(&of.admin, &of.id, KEY).await.unwrap();
        assert_eq!(books(&of.provider), (0, 0, 2000), "it was not heard of");
        held.let_go();
    };
    let (looked, ()) = tokio::join!(orders.returned(&of.token), releasing);
    assert_eq!(looked.unwrap().status, OrderStatus::PendingPayment);
    of.assert_released("the look").await;
    let asked = of.provider.asked().into_iter();
    let captures = asked.filter(|asked| asked.what == of.step("capture"));
    assert_eq!(captures.count(), 0, "nobody tried to");
}

async fn a_capture_that_came_before_the_release_is_told(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let desk = &of.shop.shop().order_desk;
    // It is done, and its answer has not come.
    let held = of.provider.hold(&of.step("capture"));
    let orders = &of.shop.shop().orders;
    let releasing = async {
        held.done().await;
        let late = desk.void_payment(&of.admin, &of.id, "").await.unwrap_err();
        assert_eq!(late.kind, ErrorKind::Conflict);
        assert!(late.message.contains("already been captured"), "{late}");
        assert_eq!(of.shop.number(WANTED).await, 0);
        // Nor does the provider answer from here on.
        of.provider.plan(&of.look(), &[Fate::Failure; 3]);
        desk.void_payment(&of.admin, &of.id, KEY).await.unwrap();
        held.let_go();
    };
    let (looked, ()) = tokio::join!(orders.returned(&of.token), releasing);
    assert_eq!(looked.unwrap().status, OrderStatus::Paid);
    assert_eq!(books(&of.provider), (2000, 0, 0));
    let site = of.shop.open().await;
    let browser = site.browser();
    browser.sign_in(&of.admin.email).await.expect(200);
    let address = format!("/admin/orders/{}", of.id);
    let shown = browser.page(&address).await.expect(200).body;
    let words = "Release requested too late: the payment had already been captured";
    assert!(shown.contains(words), "{shown}");
    assert_eq!(of.shop.number(ATTEMPTS).await, 1);
}

async fn a_release_of_a_page_that_nobody_has_paid_on_ends_the_page(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    let (admin, id) = (shop.admin().await, shop.order(&placed).await.id);
    provider.set_service(Service::Down);
    let desk = &shop.shop().order_desk;
    desk.void_payment(&admin, &id, KEY).await.unwrap();
    provider.set_service(Service::Up);
    shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(provider.pay(&page, cards::APPROVES).await, Visit::Ended);
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    paid_on(&provider, &again.pay_at.expect("there is another page")).await;
    shop.clock.advance(MINUTE);
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

async fn nobody_is_sent_to_a_page_that_is_to_be_released(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    of.release_in_vain().await;
    of.provider.set_service(Service::Down);
    let checkout = &of.shop.shop().checkout;
    let away = checkout.pay(&of.token).await.unwrap_err();
    assert_eq!(away.kind, ErrorKind::PaymentAway);
    of.provider.set_service(Service::Up);
    // Someone has just looked, so the page itself is ended before there is the next.
    let next = checkout.pay(&of.token).await.unwrap().pay_at;
    assert_ne!(next.expect("there is a page to pay on"), of.page);
    of.assert_released("the way to the page").await;
}

async fn what_is_to_be_released_is_not_captured_by_hand(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    of.release_in_vain().await;
    let desk = &of.shop.shop().order_desk;
    let refused = desk.capture_payment(&of.admin, &of.id, "").await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(refused.message.contains("has been requested"), "{refused}");
    assert_eq!(books(&of.provider), (0, 0, 2000));
    of.shop.shop().orders.returned(&of.token).await.unwrap();
    of.assert_released("the way back").await;
}

async fn a_release_of_a_cancelled_order_charges_nothing(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    of.provider.set_service(Service::Down);
    let shop = of.shop.shop();
    shop.orders.cancel(&of.admin, &of.id).await.unwrap();
    let order = shop.order_desk.void_payment(&of.admin, &of.id, KEY).await;
    assert_eq!(order.unwrap().payment_status, PaymentStatus::Pending);
    of.provider.set_service(Service::Up);
    of.shop.clock.advance(2 * MINUTE);
    of.shop.services.checkout.settle_overdue().await.unwrap();
    let order = shop.orders.by_id(&of.id).await.unwrap();
    assert_eq!(order.payment_status, PaymentStatus::Voided);
    assert_eq!(books(&of.provider), (0, 0, 0));
}

async fn a_refused_release_is_forgotten_and_the_payment_is_captured(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    let (admin, id) = (shop.admin().await, shop.order(&placed).await.id);
    let desk = &shop.shop().order_desk;
    let refused = desk.void_payment(&admin, &id, KEY).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert_eq!(shop.number(WANTED).await, 0);
    paid_on(&provider, &page).await;
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

/// Both forms of a page have one key, and the page may be an old one.
async fn a_form_that_has_released_has_captured_nothing(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let desk = &of.shop.shop().order_desk;
    desk.void_payment(&of.admin, &of.id, KEY).await.unwrap();
    let refused = desk.capture_payment(&of.admin, &of.id, KEY).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    of.assert_released("the form").await;
}

async fn the_page_tells_of_a_release_that_is_not_done(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let address = format!("/admin/orders/{}", of.id);
    let form = [("id", of.id.as_str()), ("key", KEY), ("page", &address)];
    let site = of.shop.open().await;
    let browser = site.browser();
    browser.sign_in(&of.admin.email).await.expect(200);
    of.provider.set_service(Service::Down);
    let release = "/api/admin/orders/void-payment";
    let sent = browser.submit(release, &form).await.expect(303);
    assert_eq!(sent.location(), address);
    let shown = browser.page(&address).await.expect(200).body;
    for words in [
        "Release requested; the provider hasn’t answered yet",
        "Nothing is captured meanwhile, and the shop keeps asking.",
        release,
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("/api/admin/orders/capture-payment"));
    let capture = "/api/admin/orders/capture-payment";
    let refused = browser.submit(capture, &form).await.refused().body;
    let words = "The release of this hold has been requested";
    assert!(refused.contains(words), "{refused}");
    // A program is told when it was asked for.
    let order = of.shop.shop().order_desk.order(&of.id).await.unwrap();
    assert_eq!(order.attempts[0].release_wanted_at, Some(of.shop.now()));
    assert_eq!(order.attempts[0].asked_by.as_ref(), Some(&of.admin.email));
    let german = of.shop.speaking("de").open().await;
    let browser = german.browser();
    browser.sign_in(&of.admin.email).await.expect(200);
    let shown = browser.page(&address).await.expect(200).body;
    let words = "Aufhebung angefordert; der Anbieter hat noch nicht geantwortet";
    assert!(shown.contains(words), "{shown}");
    of.provider.set_service(Service::Up);
    of.shop.shop().orders.returned(&of.token).await.unwrap();
    let done = "SELECT status FROM payment_attempts WHERE attempt = 1";
    let done: String = Sql::new(done)
        .fetch_value(of.shop.db().reader())
        .await
        .unwrap();
    assert_eq!(done, "voided");
    let shown = browser.page(&address).await.expect(200).body;
    assert!(!shown.contains(words), "{shown}");
}

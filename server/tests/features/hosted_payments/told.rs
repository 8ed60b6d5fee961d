//! What people are told where the provider does not answer, refuses, or takes no more for now, and that nothing is
//! half written.

mod hangs;

use app::{
    error::{ErrorKind, ShopError},
    identity::Account,
    orders::{
        payment::{PaymentStatus, RefundStatus},
        types::OrderStatus,
    },
};
use server::{db::Sql, ids::new_secret, payment::port::PATIENCE};

use super::{
    books, client,
    declined::ordering,
    opened, paid_on, placed,
    provider::{Fate, Provider, SECRET_KEY, Service, cards},
    refunds::{paid_with, rest},
    stripe,
};
use crate::support::{Browser, Goods, MINUTE, TestShop, on_both_databases};

on_both_databases!(
    a_provider_that_does_not_answer_is_told_on_the_orders_page,
    what_the_provider_refuses_is_told_in_its_words,
    a_key_that_the_provider_does_not_take_is_told_and_not_shown,
    an_order_that_may_be_paid_is_not_given_up_for_a_key_that_is_not_taken,
    a_capture_whose_answer_is_lost_is_unclear_until_the_next_look,
    a_release_whose_answer_is_lost_is_finished_by_the_next_try,
    a_release_without_the_right_key_stays_wanted,
    a_refund_that_the_provider_does_not_take_yet_is_told_as_pending,
    a_comparison_that_cannot_be_made_is_told,
    a_shopper_is_told_that_the_provider_is_away,
);

pub(super) const KEY: &str = "fedcba9876543210fedcba9876543210";
const CAPTURE: &str = "/api/admin/orders/capture-payment";
const ASKED: &str = "SELECT COUNT(*) AS n FROM payment_attempts WHERE asked_by IS NOT NULL";
const AUDITED: &str =
    "SELECT COUNT(*) AS n FROM audit_entries WHERE action IN ('order.capture', 'order.void')";
const CAPTURES: &str = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.capture'";
const WANTED: &str =
    "SELECT COUNT(*) AS n FROM payment_attempts WHERE release_wanted_at IS NOT NULL";

/// An order whose money is set aside, and the page that it was paid on.
pub(super) struct SetAside {
    pub(super) provider: Provider,
    pub(super) shop: TestShop,
    pub(super) admin: Account,
    pub(super) id: String,
    pub(super) token: String,
    pub(super) page: String,
}

impl SetAside {
    pub(super) async fn new(shop: &TestShop) -> Self {
        let (provider, shop, rope) = opened(shop).await;
        let (placed, page) = placed(&shop, &rope).await;
        paid_on(&provider, &page).await;
        Self {
            admin: shop.admin().await,
            id: shop.order(&placed).await.id,
            token: placed.token,
            provider,
            shop,
            page,
        }
    }

    /// How the provider is asked where the payment stands.
    pub(super) fn look(&self) -> String {
        let session = self.page.rsplit('/').next().unwrap_or_default();
        format!("GET /v1/checkout/sessions/{session}")
    }

    pub(super) fn step(&self, step: &str) -> String {
        let intent = &self.provider.accounts()[0].intent;
        format!("POST /v1/payment_intents/{intent}/{step}")
    }

    /// As it was before anybody asked for anything.
    async fn assert_unchanged(&self) {
        let order = self.shop.shop().orders.by_id(&self.id).await.unwrap();
        assert_eq!(order.status, OrderStatus::PendingPayment);
        assert_eq!(order.payment_status, PaymentStatus::Pending);
        for rows in [ASKED, CAPTURES, WANTED] {
            assert_eq!(self.shop.number(rows).await, 0, "{rows}");
        }
        assert_eq!(books(&self.provider), (0, 0, 2000));
    }
}

/// What a capture is answered, on the page and to a program.
async fn assert_told(of: &SetAside, browser: &Browser, kind: &str, words: &str) {
    let address = format!("/admin/orders/{}", of.id);
    let form = [("id", of.id.as_str()), ("key", KEY), ("page", &address)];
    let shown = browser.submit(CAPTURE, &form).await.refused().body;
    assert!(shown.contains(words), "{words}: {shown}");
    let called = browser.call(CAPTURE, &form).await.expect(503);
    assert_eq!(called.json()["error"]["kind"], kind);
    assert_ne!(called.header("retry-after"), "");
}

async fn a_provider_that_does_not_answer_is_told_on_the_orders_page(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let site = of.shop.open().await;
    let browser = site.browser();
    browser.sign_in(&of.admin.email).await.expect(200);
    of.provider.set_service(Service::Down);
    let silent = "The payment provider doesn’t answer. Nothing was changed.";
    assert_told(&of, &browser, "payment_away", silent).await;
    of.assert_unchanged().await;
    of.provider.set_service(Service::Up);
    // Three tries of each of the two.
    of.provider.plan(&of.look(), &[Fate::RateLimit; 6]);
    let limited = "The payment provider takes no more requests for now. Nothing was changed.";
    assert_told(&of, &browser, "payment_away", limited).await;
    of.assert_unchanged().await;
    // And once it answers, it is done.
    let desk = &of.shop.shop().order_desk;
    let taken = desk.capture_payment(&of.admin, &of.id, KEY).await.unwrap();
    assert_eq!(taken.status, OrderStatus::Paid);
    assert_eq!(books(&of.provider), (2000, 0, 0));
}

/// What both buttons are answered by the shop itself.
async fn both(of: &SetAside, shop: &TestShop) -> [ShopError; 2] {
    let desk = &shop.shop().order_desk;
    let captured = desk.capture_payment(&of.admin, &of.id, KEY).await;
    let released = desk.void_payment(&of.admin, &of.id, KEY).await;
    [captured.unwrap_err(), released.unwrap_err()]
}

async fn what_the_provider_refuses_is_told_in_its_words(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let known = "SELECT external_id FROM payment_attempts";
    let known: String = Sql::new(known)
        .fetch_value(of.shop.db().reader())
        .await
        .unwrap();
    // As if it were another account's.
    let elsewhere = "UPDATE payment_attempts SET external_id = 'cs_test_elsewhere'";
    of.shop.execute(elsewhere).await;
    for refused in both(&of, &of.shop).await {
        assert_eq!(refused.kind, ErrorKind::Conflict);
        let words = &refused.message;
        assert!(
            words.contains("Nothing was changed. It says: No such"),
            "{words}"
        );
    }
    let again = format!("UPDATE payment_attempts SET external_id = '{known}'");
    of.shop.execute(&again).await;
    of.assert_unchanged().await;
}

async fn a_key_that_the_provider_does_not_take_is_told_and_not_shown(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let wrong = "sk_test_wrong";
    let asks = client(&of.provider, wrong, PATIENCE);
    let without = of.shop.paid_through(vec![asks]);
    let desk = &without.shop().order_desk;
    let refused = desk.capture_payment(&of.admin, &of.id, KEY).await;
    assert_key_is_told(&refused.unwrap_err(), wrong);
    let without = of.shop.paid_through(Vec::new());
    for refused in both(&of, &without).await {
        assert_eq!(refused.kind, ErrorKind::Conflict);
        let words = &refused.message;
        assert!(words.contains("isn’t set up any more"), "{words}");
    }
    of.assert_unchanged().await;
}

fn assert_key_is_told(refused: &ShopError, wrong: &str) {
    assert_eq!(refused.kind, ErrorKind::PaymentAway);
    let words = &refused.message;
    assert!(words.contains("server payments check"), "{words}");
    for key in [wrong, SECRET_KEY] {
        assert!(!words.contains(key), "{words}");
    }
}

async fn a_release_without_the_right_key_stays_wanted(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let wrong = "sk_test_wrong";
    let asks = client(&of.provider, wrong, PATIENCE);
    let without = of.shop.paid_through(vec![asks]);
    let desk = &without.shop().order_desk;
    let refused = desk.void_payment(&of.admin, &of.id, KEY).await;
    let refused = refused.unwrap_err();
    assert_key_is_told(&refused, wrong);
    assert!(refused.message.contains("nothing is captured"), "{refused}");
    // Once the key is right, it is done.
    let order = of.shop.shop().orders.returned(&of.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::PendingPayment);
    assert_eq!(books(&of.provider), (0, 0, 0));
}

/// The page that there was has ended, and the provider does not take the key any more.
async fn an_order_that_may_be_paid_is_not_given_up_for_a_key_that_is_not_taken(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let asks = client(&of.provider, "sk_test_wrong", PATIENCE);
    let without = of.shop.paid_through(vec![asks]);
    of.shop
        .execute("UPDATE payment_attempts SET expires_at = created_at")
        .await;
    let away = without.shop().checkout.pay(&of.token).await.unwrap_err();
    assert_eq!(away.kind, ErrorKind::PaymentAway);
    of.assert_unchanged().await;
    of.shop.clock.advance(MINUTE);
    let order = of.shop.shop().orders.returned(&of.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    // One that was never begun there is given up at once, and can be paid in another way.
    let chain = without.stock(Goods::named("Chain").price(1000)).await;
    let (_, refused) = without.buy(&[(chain.variant(), 2)], stripe()).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(refused.message.contains("Choose another one"), "{refused}");
    assert_eq!(without.units(chain.variant()).await, 10);
    assert_eq!(books(&of.provider), (2000, 0, 0));
}

async fn a_capture_whose_answer_is_lost_is_unclear_until_the_next_look(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let desk = &of.shop.shop().order_desk;
    of.provider
        .plan(&of.step("capture"), &[Fate::LostAnswer; 3]);
    let unclear = desk.capture_payment(&of.admin, &of.id, KEY).await;
    let unclear = unclear.unwrap_err();
    assert_eq!(unclear.kind, ErrorKind::PaymentUnclear);
    assert!(unclear.message.contains("within two minutes"), "{unclear}");
    let order = of.shop.shop().orders.by_id(&of.id).await.unwrap();
    assert_eq!(order.status, OrderStatus::PendingPayment);
    of.shop.clock.advance(2 * MINUTE);
    of.shop.services.checkout.settle_overdue().await.unwrap();
    let order = of.shop.shop().orders.by_id(&of.id).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&of.provider), (2000, 0, 0));
    // The same form once more is done.
    desk.capture_payment(&of.admin, &of.id, KEY).await.unwrap();
    assert_eq!(of.shop.number(AUDITED).await, 1);
}

async fn a_release_whose_answer_is_lost_is_finished_by_the_next_try(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let desk = &of.shop.shop().order_desk;
    of.provider.plan(&of.step("cancel"), &[Fate::LostAnswer; 3]);
    let wanted = desk.void_payment(&of.admin, &of.id, KEY).await.unwrap();
    assert_eq!(wanted.status, OrderStatus::PendingPayment);
    assert_eq!(of.shop.number(WANTED).await, 1);
    assert_eq!(books(&of.provider), (0, 0, 0), "it is let go there");
    let attempts = "SELECT COUNT(*) AS n FROM payment_attempts";
    assert_eq!(of.shop.number(attempts).await, 1, "and not here");
    for _ in 0..2 {
        let order = desk.void_payment(&of.admin, &of.id, KEY).await.unwrap();
        assert_eq!(order.status, OrderStatus::PendingPayment);
    }
    assert_eq!(of.shop.number(attempts).await, 2);
    assert_eq!(of.shop.number(AUDITED).await, 1);
    let again = of.shop.shop().checkout.pay(&of.token).await.unwrap();
    let page = again.pay_at.expect("there is a page to pay on");
    assert_ne!(page, of.page);
    paid_on(&of.provider, &page).await;
    of.shop.clock.advance(MINUTE);
    let order = of.shop.shop().orders.returned(&of.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&of.provider), (2000, 0, 0));
}

async fn a_refund_that_the_provider_does_not_take_yet_is_told_as_pending(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(&admin.email).await.expect(200);
    let desk = &shop.shop().order_desk;
    let mut refunded = 0;
    for fate in [Fate::Failure, Fate::RateLimit, Fate::LostAnswer] {
        let paid = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
        let id = paid.order.id;
        provider.plan("POST /v1/refunds", &[fate; 3]);
        desk.refund(&admin, &id, rest(1)).await.unwrap();
        let address = format!("/admin/orders/{id}");
        let shown = browser.page(&address).await.expect(200).body;
        let words = "pending: we keep asking the provider until it’s refunded";
        assert!(shown.contains(words), "{fate:?}: {shown}");
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
        let settled = desk.order(&id).await.unwrap();
        assert_eq!(
            settled.refunds[0].status,
            RefundStatus::Returned,
            "{fate:?}"
        );
        refunded += 2000;
        assert_eq!(books(&provider), (refunded, refunded, 0), "{fate:?}");
    }
}

async fn a_comparison_that_cannot_be_made_is_told(shop: TestShop) {
    let (provider, shop, _) = opened(&shop).await;
    let admin = shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(&admin.email).await.expect(200);
    provider.set_service(Service::Down);
    let form = [("page", "/admin/payments")];
    let sent = browser.submit("/api/admin/payments/compare", &form).await;
    let there = sent.expect(303).location().to_owned();
    let shown = browser.page(&there).await.expect(200).body;
    let words = "The provider couldn’t be asked; the server’s log says why.";
    assert!(shown.contains(words), "{shown}");
}

async fn a_shopper_is_told_that_the_provider_is_away(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 2).await.expect(200);
    provider.set_service(Service::Down);
    let key = new_secret();
    let form = ordering(&key);
    let onward = browser.submit("/api/checkout/place", &form).await;
    let onward = onward.expect(303).location().to_owned();
    let page = onward.strip_suffix("?pay=later");
    let page = page.expect("its order says why it is not paid yet");
    let token = page.rsplit('/').next().unwrap_or_default();
    let words = "We can’t reach the payment provider right now.";
    let shown = browser.page(&onward).await.expect(200).body;
    assert!(shown.contains(words), "{shown}");
    let later = browser.page(page).await.expect(200).body;
    assert!(!later.contains(words), "{later}");
    // The same form once more is the same order.
    let again = browser.call("/api/checkout/place", &form).await;
    let again = again.expect(200).json();
    assert_eq!(again["token"], token);
    assert_eq!(again["status"], "pending_payment");
    assert_eq!(again["pay_after"], 60);
    assert!(again.get("pay_at").is_none(), "{again}");
    let pay = [("token", token), ("page", page)];
    let shown = browser.submit("/api/checkout/pay", &pay).await.refused();
    assert!(shown.body.contains(words), "{}", shown.body);
    let called = browser.call("/api/checkout/pay", &pay).await.expect(503);
    assert_eq!(called.json()["error"]["kind"], "payment_away");
    assert_eq!(called.header("retry-after"), "60");
    assert_eq!(shop.units(rope.variant()).await, 8, "they stay reserved");
    provider.set_service(Service::Up);
    let called = browser.call("/api/checkout/pay", &pay).await.expect(200);
    let there = called.json()["pay_at"].as_str().unwrap().to_owned();
    paid_on(&provider, &there).await;
    let order = shop.shop().orders.returned(token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

//! Orders that are paid at a provider's page: from the cart to the provider's books.

mod braked_card;
mod currencies;
mod declined;
mod declines;
mod desk;
mod disputes;
mod dropped;
mod elsewhere;
mod forged;
mod held;
mod kept_events;
mod late_page;
mod other_sum;
#[path = "../paid_books/mod.rs"]
mod paid_books;
mod pending;
#[path = "../provider/mod.rs"]
mod provider;
mod provider_away;
mod refunds;
mod release;
mod returns;
mod same_card;
mod statements;
mod storm;
mod told;
mod upgraded_disputes;
mod way_back;

use std::{sync::Arc, time::Duration};

use app::{
    checkout::types::{PaymentInput, Placed},
    error::ErrorKind,
    orders::{payment::PaymentStatus, types::OrderStatus},
};
use provider::{Provider, SECRET_KEY, Service, Settings, Visit, cards, signature};
use secrecy::SecretString;
use serde_json::json;
use server::{
    clock::{Clock, SystemClock},
    payment::{
        port,
        stripe::{Mode, Stripe, StripeSettings, Timeouts},
    },
};

use crate::{
    method_settings,
    support::{Answer, Goods, MINUTE, Site, Stocked, TestShop, on_both_databases, rows},
};

on_both_databases!(
    what_is_paid_on_the_page_is_captured_on_the_way_back,
    an_event_pays_an_order_whose_page_was_closed,
    a_lost_event_costs_time_alone,
    what_was_paid_in_time_is_taken_after_the_hold,
    an_order_that_nobody_pays_gives_its_units_back_and_ends_the_page,
    a_payment_of_an_order_that_was_cancelled_is_voided,
    a_captured_order_that_is_cancelled_is_refunded,
    what_is_taken_after_the_cancel_goes_back_and_is_told_once,
    an_event_that_is_not_the_providers_writes_nothing,
    a_dispute_stands_in_the_time_line_once,
    the_order_leads_on_to_the_page_without_script,
    an_order_of_nothing_needs_no_provider,
    an_order_below_the_providers_least_is_refused,
    a_provider_that_orders_need_is_missed_once_it_is_not_set_up,
    a_method_that_is_turned_off_settles_and_refunds_its_orders,
);

const WEBHOOK_SECRET: &str = "whsec_rig";

/// A shop with a provider, and something to sell for €10.
async fn opened(shop: &TestShop) -> (Provider, TestShop, Stocked) {
    let rope = Goods::named("Rope").price(1000);
    opened_with(shop, Settings::default(), rope).await
}

async fn opened_with(
    shop: &TestShop,
    settings: Settings,
    goods: Goods,
) -> (Provider, TestShop, Stocked) {
    // Signatures are of the machine's time.
    shop.clock.set(SystemClock.now());
    let provider = Provider::start(settings).await;
    let stocked = shop.stock(goods).await;
    let shop = shop.paid_through(vec![client(&provider, SECRET_KEY, port::PATIENCE)]);
    (provider, shop, stocked)
}

/// What a shop with this key asks the provider through, for people who wait so long.
fn client(provider: &Provider, key: &str, patience: Duration) -> Arc<dyn port::Provider> {
    let (key, secret) = (SecretString::from(key), SecretString::from(WEBHOOK_SECRET));
    let settings = StripeSettings::new(&key, &secret).unwrap();
    let mut settings = settings.at(&provider.url(), &provider.url()).unwrap();
    settings.timeouts = Timeouts {
        pause: Duration::from_millis(1),
        patience,
        ..Timeouts::default()
    };
    Arc::new(Stripe::new(settings).unwrap())
}

fn stripe() -> PaymentInput {
    PaymentInput {
        method: "stripe".to_owned(),
        card_number: String::new(),
    }
}

/// An order of two units, and the page it is paid on.
async fn placed(shop: &TestShop, rope: &Stocked) -> (Placed, String) {
    let (_, placed) = shop.buy(&[(rope.variant(), 2)], stripe()).await;
    let placed = placed.expect("it is sold");
    assert_eq!(placed.status, OrderStatus::PendingPayment);
    let page = placed.pay_at.clone().expect("there is a page to pay on");
    (placed, page)
}

async fn paid_on(provider: &Provider, page: &str) -> String {
    match provider.pay(page, cards::APPROVES).await {
        Visit::Back(to) => to,
        other => panic!("{other:?}"),
    }
}

/// Sends the provider's events to the shop from now on.
fn connect(provider: &Provider, site: &Site) {
    let hook = format!("http://{}/hooks/stripe", site.address);
    provider.send_to(&hook, WEBHOOK_SECRET);
}

async fn status(shop: &TestShop, placed: &Placed) -> (OrderStatus, PaymentStatus) {
    let order = shop.order(placed).await;
    (order.status, order.payment_status)
}

/// Captured and refunded, all payments together, and what is held.
fn books(provider: &Provider) -> (i64, i64, i64) {
    let accounts = provider.accounts();
    (
        accounts.iter().map(|account| account.captured).sum(),
        accounts.iter().map(|account| account.refunded).sum(),
        accounts.iter().map(|account| account.held).sum(),
    )
}

async fn what_is_paid_on_the_page_is_captured_on_the_way_back(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    assert_eq!(shop.units(rope.variant()).await, 8);
    assert!(shop.order(&placed).await.waits_for_payer);
    let back = paid_on(&provider, &page).await;
    let expected = format!("http://shop.test/orders/{}?paid=yes", placed.token);
    assert_eq!(back, expected);
    assert_eq!(books(&provider), (0, 0, 2000), "authorised alone");
    for _ in 0..2 {
        let order = shop.shop().orders.returned(&placed.token).await.unwrap();
        assert_eq!(order.status, OrderStatus::Paid);
        assert_eq!(order.payment_status, PaymentStatus::Captured);
        assert!(!order.waits_for_payer);
    }
    assert_eq!(books(&provider), (2000, 0, 0));
}

async fn an_event_pays_an_order_whose_page_was_closed(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.quiet().await;
    let expected = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(books(&provider), (2000, 0, 0));
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_confirmation'";
    assert_eq!(shop.number(mails).await, 1);
    let settled = "SELECT COUNT(*) AS n FROM provider_events WHERE effect = 'settled'";
    assert!(shop.number(settled).await > 0);
}

async fn a_lost_event_costs_time_alone(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    shop.services.checkout.settle_overdue().await.unwrap();
    let waiting = (OrderStatus::PendingPayment, PaymentStatus::Pending);
    assert_eq!(status(&shop, &placed).await, waiting, "it has just begun");
    shop.clock.advance(2 * MINUTE);
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 0);
    let expected = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(books(&provider), (2000, 0, 0));
}

async fn what_was_paid_in_time_is_taken_after_the_hold(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    shop.clock.advance(31 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let expected = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(books(&provider), (2000, 0, 0));
    assert_eq!(shop.units(rope.variant()).await, 8);
}

async fn an_order_that_nobody_pays_gives_its_units_back_and_ends_the_page(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    shop.clock.advance(31 * MINUTE);
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 1);
    let expected = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(shop.units(rope.variant()).await, 10);
    assert_eq!(provider.pay(&page, cards::APPROVES).await, Visit::Ended);
    assert_eq!(books(&provider), (0, 0, 0));
}

async fn a_payment_of_an_order_that_was_cancelled_is_voided(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let admin = shop.admin().await;
    let id = shop.order(&placed).await.id;
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    let expected = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(books(&provider), (0, 0, 0));
    // The shopper's way back finds it as it is.
    shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(books(&provider), (0, 0, 0));
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn a_captured_order_that_is_cancelled_is_refunded(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    let admin = shop.admin().await;
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(books(&provider), (2000, 2000, 0));
    let expected = (OrderStatus::Cancelled, PaymentStatus::Refunded);
    assert_eq!(status(&shop, &placed).await, expected);
}

/// The cancel finds it itself: the event and the way back come later.
async fn what_is_taken_after_the_cancel_goes_back_and_is_told_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture(&provider.accounts()[0].intent);
    let admin = shop.admin().await;
    let id = shop.order(&placed).await.id;
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    assert_eq!(books(&provider), (2000, 2000, 0));
    let told = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";
    assert_eq!(shop.number(told).await, 1);
    shop.shop().orders.returned(&placed.token).await.unwrap();
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    assert_eq!(shop.number(told).await, 1);
    assert_eq!(books(&provider), (2000, 2000, 0));
    let expected = (OrderStatus::Cancelled, PaymentStatus::Refunded);
    assert_eq!(status(&shop, &placed).await, expected);
}

async fn an_event_that_is_not_the_providers_writes_nothing(shop: TestShop) {
    let (_provider, shop, _) = opened(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let send = async |path: &str, signature: &str, body: &str| {
        let request = browser.request(reqwest::Method::POST, path);
        let request = request.header("stripe-signature", signature);
        Answer::of(request.body(body.to_owned())).await.status
    };
    let now = shop.now() / 1000;
    let event = |mode: Mode| {
        let event = json!({
            "id": "evt_1",
            "object": "event",
            "type": "customer.created",
            "created": now,
            "livemode": mode == Mode::Live,
            "data": { "object": { "id": "cus_1", "object": "customer" } },
        });
        event.to_string()
    };
    let (test, live) = (event(Mode::Test), event(Mode::Live));
    let signed = |at: i64, body: &str| signature(WEBHOOK_SECRET, at, body);
    let wrong = format!("t={now},v1={}", "0".repeat(64));
    let before = rows(shop.db()).await;
    for (what, signature, body) in [
        ("of another secret", wrong, &test),
        ("without a signature", String::new(), &test),
        ("of another body", signed(now, &live), &test),
        ("of before", signed(now - 301, &test), &test),
        ("of later", signed(now + 301, &test), &test),
        ("of live mode, to a test key", signed(now, &live), &live),
    ] {
        assert_eq!(send("/hooks/stripe", &signature, body).await, 400, "{what}");
    }
    for nobody in ["/hooks/nobody", "/hooks/cash_on_delivery"] {
        assert_eq!(send(nobody, &signed(now, &test), &test).await, 404);
    }
    assert_eq!(rows(shop.db()).await, before);
    let kept = "SELECT COUNT(*) AS n FROM provider_events";
    assert_eq!(shop.number(kept).await, 0);
    // In time, and of the key's mode, the same event is taken.
    let taken = send("/hooks/stripe", &signed(now - 300, &test), &test).await;
    assert_eq!(taken, 200);
    assert_eq!(shop.number(kept).await, 1);
    // It is about nobody's order, and would be erased with nobody.
    let told = "SELECT COUNT(*) AS n FROM provider_events WHERE body <> ''";
    assert_eq!(shop.number(told).await, 0);
}

async fn a_dispute_stands_in_the_time_line_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    shop.shop().orders.returned(&placed.token).await.unwrap();
    let site = shop.open().await;
    connect(&provider, &site);
    let intent = provider.accounts()[0].intent.clone();
    let dispute = provider.dispute(&intent, "fraudulent");
    provider.quiet().await;
    let disputed = (OrderStatus::Paid, PaymentStatus::Disputed);
    assert_eq!(status(&shop, &placed).await, disputed);
    provider.close_dispute(&dispute, provider::books::DisputeStatus::Won);
    provider.quiet().await;
    let won = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, won);
    for kind in ["disputed", "dispute_won"] {
        let noted = format!("SELECT COUNT(*) AS n FROM order_events WHERE kind = '{kind}'");
        assert_eq!(shop.number(&noted).await, 1, "{kind}");
    }
    let order = shop.order(&placed).await;
    assert_eq!(order.events.len(), 1, "shoppers see nothing of it");
}

async fn the_order_leads_on_to_the_page_without_script(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    let site = shop.open().await;
    let browser = site.browser();
    let address = format!("/orders/{}", placed.token);
    let shown = browser.page(&address).await.expect(200);
    let policy = format!("form-action 'self' {};", provider.url());
    let sent = shown.header("content-security-policy");
    assert!(sent.contains(&policy), "{sent}");
    assert!(shown.body.contains("Pay €20.00 now"), "{}", shown.body);
    let form = [("token", placed.token.as_str()), ("page", &address)];
    let onward = browser.submit("/api/checkout/pay", &form).await.expect(303);
    assert_eq!(onward.location(), page);
    let back = format!("{address}?paid=yes");
    let waiting = browser.page(&back).await.expect(200).body;
    assert!(waiting.contains("http-equiv=\"refresh\""), "{waiting}");
    paid_on(&provider, &page).await;
    shop.clock.advance(MINUTE);
    let paid = browser.page(&back).await.expect(200).body;
    assert!(!paid.contains("http-equiv=\"refresh\""), "{paid}");
    assert!(!paid.contains("Pay €20.00 now"));
    let known = browser.call("/api/checkout/pay", &form).await.expect(200);
    assert_eq!(known.json()["status"], "paid");
    let unknown = [("token", "x")];
    browser
        .call("/api/checkout/pay", &unknown)
        .await
        .expect(404);
}

async fn an_order_of_nothing_needs_no_provider(shop: TestShop) {
    let (provider, shop, _) = opened(&shop).await;
    let leaflet = shop.stock(Goods::named("Leaflet").price(0)).await;
    provider.set_service(Service::Down);
    let order = shop.bought(&[(leaflet.variant(), 1)], stripe()).await;
    assert_eq!(order.status, OrderStatus::Paid);
    let admin = shop.admin().await;
    let cancelled = shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert!(provider.asked().is_empty());
}

async fn an_order_below_the_providers_least_is_refused(shop: TestShop) {
    let (provider, shop, _) = opened(&shop).await;
    let pin = shop.stock(Goods::named("Pin").price(49)).await;
    let (_, placed) = shop.buy(&[(pin.variant(), 1)], stripe()).await;
    let refusal = placed.unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::Invalid);
    assert_eq!(refusal.fields[0].field, "payment");
    assert_eq!(shop.units(pin.variant()).await, 10);
    assert!(provider.asked().is_empty());
}

async fn a_provider_that_orders_need_is_missed_once_it_is_not_set_up(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    let without = shop.paid_through(Vec::new());
    let missing = async |shop: &TestShop| shop.services.checkout.missing_providers().await;
    assert_eq!(missing(&shop).await.unwrap(), [""; 0]);
    assert_eq!(missing(&without).await.unwrap(), ["stripe"]);
    // Its orders wait, however long it takes.
    paid_on(&provider, &page).await;
    shop.clock.advance(31 * MINUTE);
    assert_eq!(without.services.checkout.settle_overdue().await.unwrap(), 0);
    assert_eq!(shop.units(rope.variant()).await, 8);
    shop.services.checkout.settle_overdue().await.unwrap();
    let expected = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(missing(&without).await.unwrap(), [""; 0]);
}

async fn a_method_that_is_turned_off_settles_and_refunds_its_orders(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (waits, page) = placed(&shop, &rope).await;
    let admin = shop.admin().await;
    method_settings::set(&shop, &admin, "stripe", |form| {
        form.offered = "off".to_owned();
    })
    .await;
    let (_, refused) = shop.buy(&[(rope.variant(), 2)], stripe()).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid);
    let again = shop.shop().checkout.pay(&waits.token).await.unwrap();
    assert_eq!(again.pay_at.as_ref(), Some(&page));
    paid_on(&provider, &page).await;
    shop.clock.advance(MINUTE);
    let order = shop.shop().orders.returned(&waits.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(books(&provider), (2000, 2000, 0));
    let expected = (OrderStatus::Cancelled, PaymentStatus::Refunded);
    assert_eq!(status(&shop, &waits).await, expected);
}

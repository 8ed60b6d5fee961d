//! Orders that are paid at a provider's page: from the cart to the provider's books.

mod braked_card;
mod cancelled;
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
mod offered;
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
    orders::{payment::PaymentStatus, types::OrderStatus},
};
use provider::{Provider, SECRET_KEY, Settings, Visit, cards};
use secrecy::SecretString;
use server::{
    clock::{Clock, SystemClock},
    payment::{
        port,
        stripe::{Stripe, StripeSettings, Timeouts},
    },
};

use crate::support::{Goods, MINUTE, Site, Stocked, TestShop, on_both_databases};

on_both_databases!(
    what_is_paid_on_the_page_is_captured_on_the_way_back,
    an_event_pays_an_order_whose_page_was_closed,
    a_lost_event_costs_time_alone,
    what_was_paid_in_time_is_taken_after_the_hold,
    an_order_that_nobody_pays_gives_its_units_back_and_ends_the_page,
    the_order_leads_on_to_the_page_without_script,
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

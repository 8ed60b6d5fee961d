//! Attempts after one that was let go, and cards that are declined.

use app::orders::{payment::PaymentStatus, types::OrderStatus};
use server::{
    db::Sql,
    ids::{hash_secret, keyed_hash, new_secret},
};

use super::{
    books, connect, opened, paid_on, placed,
    provider::{Visit, cards},
    status,
};
use crate::support::{Browser, MINUTE, Stocked, TestShop, on_both_databases};

on_both_databases!(
    a_payment_that_the_provider_let_go_is_followed_by_another,
    what_is_set_aside_by_an_earlier_attempt_is_let_go,
    a_declined_card_leaves_the_order_to_be_paid_with_another,
    what_is_declined_at_the_page_counts_for_the_cart_that_went_there,
    a_decline_of_a_lost_event_counts_once,
    who_pays_cannot_be_found_out_by_trying,
);

/// The shop went down between letting a payment go and beginning the next, or its owner let it go in Stripe.
async fn a_payment_that_the_provider_let_go_is_followed_by_another(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.cancel(&provider.accounts()[0].intent);
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    let other = again.pay_at.expect("there is a page");
    assert_ne!(other, page, "the first has ended");
    paid_on(&provider, &other).await;
    shop.clock.advance(MINUTE);
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

async fn what_is_set_aside_by_an_earlier_attempt_is_let_go(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let (placed, page) = placed(&shop, &rope).await;
    let id = shop.order(&placed).await.id;
    // As if its page had ended, and the provider knew nothing of that.
    let ended = "UPDATE payment_attempts SET status = 'voided'";
    shop.execute(ended).await;
    let next = format!(
        "INSERT INTO payment_attempts (id, order_id, attempt, provider, status, amount_minor, \
         created_at, updated_at) VALUES ('next', '{id}', 2, 'stripe', 'pending', 2000, {0}, {0})",
        shop.now()
    );
    shop.execute(&next).await;
    paid_on(&provider, &page).await;
    provider.quiet().await;
    assert_eq!(books(&provider), (0, 0, 0), "nothing is held");
    let waits = (OrderStatus::PendingPayment, PaymentStatus::Pending);
    assert_eq!(status(&shop, &placed).await, waits);
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    let page = again.pay_at.expect("there is a page to pay on");
    paid_on(&provider, &page).await;
    provider.quiet().await;
    let expected = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(books(&provider), (2000, 0, 0));
}

async fn a_declined_card_leaves_the_order_to_be_paid_with_another(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    let visit = provider.pay(&page, cards::DECLINES).await;
    assert!(matches!(visit, Visit::Again(_)), "{visit:?}");
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::PendingPayment);
    shop.clock.advance(MINUTE);
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    assert_eq!(
        again.pay_at.as_deref(),
        Some(page.as_str()),
        "the same page"
    );
    paid_on(&provider, &page).await;
    shop.clock.advance(MINUTE);
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    let paid = shop.shop().checkout.pay(&placed.token).await.unwrap();
    assert_eq!((paid.status, paid.pay_at), (OrderStatus::Paid, None));
}

/// What a browser sends to order two ropes.
pub(super) fn ordering(key: &str) -> [(&str, &str); 10] {
    [
        ("email", "kim@example.com"),
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
        ("checkout_key", key),
        ("shipping", "pickup"),
        ("payment", "stripe"),
        ("expected_total_minor", "2000"),
    ]
}

/// An order of two ropes that a browser sends; the token of the order, and the page it is paid on.
pub(super) async fn ordered(browser: &Browser, rope: &Stocked) -> (String, String) {
    browser.add(rope.variant(), 2).await.expect(200);
    let key = new_secret();
    let placed = browser.call("/api/checkout/place", &ordering(&key)).await;
    let placed = placed.expect(200).json();
    let text = |name: &str| placed[name].as_str().expect("it is told").to_owned();
    (text("token"), text("pay_at"))
}

async fn what_is_declined_at_the_page_counts_for_the_cart_that_went_there(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let tries_cards = site.browser();
    let (token, page) = ordered(&tries_cards, &rope).await;
    let goes_on = async || {
        let token = [("token", token.as_str())];
        tries_cards.call("/api/checkout/pay", &token).await.status
    };
    // As many as a cart has.
    for _ in 0..5 {
        assert_eq!(goes_on().await, 200);
        let visit = provider.pay(&page, cards::DECLINES).await;
        assert!(matches!(visit, Visit::Again(_)), "{visit:?}");
        provider.quiet().await;
    }
    assert_eq!(goes_on().await, 429);
    // No further card is tried where it is, and the order waits to be paid on another page.
    assert_eq!(provider.pay(&page, cards::APPROVES).await, Visit::Ended);
    provider.quiet().await;
    let order = shop.shop().orders.by_token(&token).await.unwrap();
    assert_eq!(order.status, OrderStatus::PendingPayment);
    let attempts = "SELECT COUNT(*) AS n FROM payment_attempts";
    assert_eq!(shop.number(attempts).await, 2);
    let again = shop.shop().checkout.pay(&token).await.unwrap();
    let next = again.pay_at.expect("there is a page to pay on");
    assert_ne!(next, page);
    // Who has tried no card is let through.
    ordered(&site.browser(), &rope).await;
    paid_on(&provider, &next).await;
    provider.quiet().await;
    let order = shop.shop().orders.by_token(&token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    shop.services.run_maintenance().await;
    let payers = "SELECT COUNT(*) AS n FROM payers";
    assert_eq!(shop.number(payers).await, 1, "of the order that waits");
}

async fn a_decline_of_a_lost_event_counts_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let (token, page) = ordered(&browser, &rope).await;
    let visit = provider.pay(&page, cards::DECLINES).await;
    assert!(matches!(visit, Visit::Again(_)), "{visit:?}");
    let counted = "SELECT COUNT(*) AS n FROM payers WHERE declined IS NOT NULL";
    assert_eq!(shop.number(counted).await, 0);
    // However often someone looks.
    for _ in 0..8 {
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
        assert_eq!(shop.number(counted).await, 1);
    }
    let token = [("token", token.as_str())];
    browser.call("/api/checkout/pay", &token).await.expect(200);
}

async fn who_pays_cannot_be_found_out_by_trying(shop: TestShop) {
    let (_provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    ordered(&site.browser(), &rope).await;
    let key = Sql::new("SELECT value FROM shop_facts WHERE name = 'brake_key'");
    let key: String = key.fetch_value(shop.db().reader()).await.unwrap();
    let known_as = async |network: String| {
        let payers = format!("SELECT COUNT(*) AS n FROM payers WHERE network = '{network}'");
        shop.number(&payers).await
    };
    assert_eq!(known_as(hash_secret("127.0.0.1")).await, 0);
    assert_eq!(known_as(keyed_hash(&key, "127.0.0.1").unwrap()).await, 1);
}

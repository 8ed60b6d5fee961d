//! What a stranger sends to the address of a provider's events.

use app::orders::{payment::PaymentStatus, types::OrderStatus};
use futures_util::future::join_all;
use serde_json::json;
use server::payment::stripe::Mode;

use super::{WEBHOOK_SECRET, books, connect, opened, paid_on, placed, provider::signature, status};
use crate::support::{Answer, Site, TestShop, on_both_databases, rows};

on_both_databases!(
    what_is_signed_is_taken_however_much_is_forged,
    a_body_is_not_waited_for_that_cannot_be_an_event,
    an_event_that_is_not_the_providers_writes_nothing,
);

/// More than a network may send before it is read one by one.
const FORGED: usize = 100;

async fn send(site: &Site, signature: String, body: String) -> u16 {
    let browser = site.browser();
    let request = browser.request(reqwest::Method::POST, "/hooks/stripe");
    let request = request.header("stripe-signature", signature);
    Answer::of(request.body(body)).await.status
}

/// All of it comes from one network.
async fn what_is_signed_is_taken_however_much_is_forged(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let now = shop.now() / 1000;
    let before = rows(shop.db()).await;
    let forged = (0..FORGED).map(|n| {
        let body = format!("{{\"id\":\"evt_{n}\",\"text\":\"{}\"}}", "x".repeat(10_000));
        send(&site, signature("whsec_other", now, &body), body)
    });
    for status in join_all(forged).await {
        assert_eq!(status, 400);
    }
    assert_eq!(rows(shop.db()).await, before, "nothing is written");
    assert!(provider.asked().is_empty(), "nor asked");
    connect(&provider, &site);
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.quiet().await;
    let paid = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

/// It never comes here: whoever waits for it does not answer.
async fn a_body_is_not_waited_for_that_cannot_be_an_event(shop: TestShop) {
    let (_provider, shop, _) = opened(&shop).await;
    let site = shop.open().await;
    let now = shop.now() / 1000;
    let old = signature(WEBHOOK_SECRET, now - 301, "");
    let right = signature(WEBHOOK_SECRET, now, "");
    for (what, path, signature, length, status) in [
        ("no signature", "stripe", "", 1000, 400),
        ("no time", "stripe", "v1=00", 1000, 400),
        ("another time", "stripe", old.as_str(), 1000, 400),
        ("another provider", "nobody", right.as_str(), 1000, 404),
        ("too large", "stripe", right.as_str(), 300_000, 413),
    ] {
        let head = format!(
            "POST /hooks/{path} HTTP/1.1\r\nhost: shop.test\r\nstripe-signature: {signature}\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n"
        );
        let answer = site.raw(head.as_bytes()).await;
        let expected = format!("HTTP/1.1 {status}");
        assert!(answer.starts_with(&expected), "{what}: {answer}");
    }
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

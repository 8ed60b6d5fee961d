//! Strangers are no faster than people are.

mod cards;
mod forms;
mod owner;

use std::time::Instant;

use app::{
    brakes::{Brake, CountedBy},
    feature::{Access, Braked, Method},
    features,
    identity::Account,
};
use desk::admin::brakes::types::RateForm;
use reqwest::{
    RequestBuilder,
    header::{ACCEPT, COOKIE},
};
use server::{http::Network, ids::new_secret};
use tokio::task::JoinSet;

use crate::support::{Answer, Browser, CONTACT, Goods, TestShop, on_both_databases};

on_both_databases!(
    two_hundred_shoppers_behind_one_address_meet_no_brake_and_a_script_does,
    carts_that_strangers_begin_are_counted_whatever_they_say_they_have,
    contacts_that_are_changed_again_and_again_begin_carts,
    what_was_not_ordered_is_no_order,
    what_was_refused_before_is_an_order_once_it_is_placed,
    networks_are_counted_apart_and_a_64_is_one,
    who_is_certainly_too_fast_is_told_what_they_were_told_before,
);

#[test]
fn whatever_a_stranger_may_post_to_is_braked_or_says_why_not() {
    for function in features::functions() {
        let is_strangers = function.method == Method::Post && function.access == Access::Anybody;
        match function.braked {
            Braked::NotForStrangers => assert!(!is_strangers, "{}", function.path),
            Braked::Otherwise(why) => assert!(why.contains(' '), "{}: {why}", function.path),
            Braked::By(_) => {}
        }
    }
}

const WAIT: &str = "Too many requests came from your connection.";

/// Sets rates as an admin does.
async fn set(shop: &TestShop, admin: &Account, rates: &[(Brake, CountedBy, &str)]) {
    let brakes = &shop.shop().brakes;
    let version = brakes.brakes().await.unwrap().version.to_string();
    let typed = rates.iter().map(|(brake, by, times)| RateForm {
        brake: brake.as_str().to_owned(),
        by: by.as_str().to_owned(),
        times: (*times).to_owned(),
    });
    let saved = brakes
        .save(admin, &version, typed.collect(), Vec::new())
        .await;
    saved.expect("the rates are sound");
    // Orders follow the settings that were read last.
    shop.services.settings.now().await.unwrap();
}

/// Sends the order of a cart with one rope.
async fn place(browser: &Browser, payment: &str, card: &str) -> Answer {
    place_by(&new_secret(), browser, payment, card).await
}

async fn place_by(key: &str, browser: &Browser, payment: &str, card: &str) -> Answer {
    let mut fields = CONTACT.to_vec();
    fields.extend([
        ("checkout_key", key),
        ("shipping", "pickup"),
        ("payment", payment),
        ("card_number", card),
        ("expected_total_minor", "4900"),
    ]);
    browser.call("/api/checkout/place", &fields).await
}

/// Tells other contact details.
async fn says(browser: &Browser, name: &str) -> Answer {
    let mut contact = CONTACT;
    contact[1].1 = name;
    browser.call("/api/checkout/contact", &contact).await
}

/// A refusal for being too fast, which says when to come back.
#[track_caller]
fn too_fast(answer: Answer) -> Answer {
    let answer = answer.expect(429);
    let seconds: u32 = answer.header("retry-after").parse().expect("a number");
    assert!((1..=3600).contains(&seconds), "{seconds}");
    answer
}

async fn buys(browser: Browser, variant: String) {
    browser.add(&variant, 1).await.expect(200);
    for (path, fields) in [
        ("/api/checkout/validate", &[][..]),
        ("/api/checkout/contact", &CONTACT[..]),
        ("/api/checkout/shipping", &[("shipping", "pickup")]),
        ("/api/checkout/payment", &[("payment", "cash_on_delivery")]),
    ] {
        browser.call(path, fields).await.expect(200);
    }
    place(&browser, "cash_on_delivery", "").await.expect(200);
}

async fn two_hundred_shoppers_behind_one_address_meet_no_brake_and_a_script_does(shop: TestShop) {
    const SHOPPERS: usize = 200;
    let rope = shop.stock(Goods::named("Rope").units(10_000)).await;
    let site = shop.open().await;
    let mut shopping = JoinSet::new();
    for n in 0..SHOPPERS {
        if n >= 20 {
            shopping.join_next().await.expect("someone shops").unwrap();
        }
        let browser = site.browser();
        shopping.spawn(buys(browser, rope.variant().to_owned()));
    }
    shopping.join_all().await;
    assert_eq!(shop.orders().await, SHOPPERS as i64);

    let script = site.browser();
    let refused = loop {
        script.add(rope.variant(), 1).await.expect(200);
        let answer = place(&script, "cash_on_delivery", "").await;
        if answer.status != 200 {
            break answer;
        }
        let placed = shop.orders().await - SHOPPERS as i64;
        assert!(placed <= 25, "{placed} orders of one cart");
    };
    assert_eq!(too_fast(refused).kind(), "too_many_requests");
}

async fn carts_that_strangers_begin_are_counted_whatever_they_say_they_have(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Begun, CountedBy::Network, "3")]).await;
    let site = shop.open().await;
    let began = Instant::now();
    let first = site.browser();
    first.add(rope.variant(), 1).await.expect(200);
    let mut kept = 1;
    // Without a cookie, and with one that someone made up; a list is something, too.
    for n in 0..12 {
        let browser = site.browser();
        let (path, fields) = match n % 3 {
            2 => ("/api/wishlist/add", [("product_id", rope.id.as_str())]),
            _ => ("/api/cart/add", [("variant_id", rope.variant())]),
        };
        let mut request = browser
            .request(reqwest::Method::POST, path)
            .header(ACCEPT, "application/json");
        if n % 3 == 1 {
            request = request.header(COOKIE, format!("holdfast_cart={}", new_secret()));
        }
        let answer = Answer::of(request.form(&fields)).await;
        match answer.status {
            200 => kept += 1,
            _ => assert_eq!(too_fast(answer).kind(), "too_many_requests"),
        }
    }
    // One more every 20 seconds.
    let more = began.elapsed().as_secs() / 20;
    assert!((3..=3 + more).contains(&kept), "{kept}");
    // Who has a cart goes on.
    first.add(rope.variant(), 1).await.expect(200);
    let carts = "SELECT COUNT(*) AS n FROM carts";
    let lists = "SELECT COUNT(*) AS n FROM wishlists";
    let rows = shop.number(carts).await + shop.number(lists).await;
    assert_eq!(rows, kept as i64);
}

async fn contacts_that_are_changed_again_and_again_begin_carts(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Begun, CountedBy::Network, "3")]).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    // One who orders says once who they are, and again as often as they like.
    for _ in 0..5 {
        says(&browser, "Kim Marten").await.expect(200);
    }
    says(&browser, "Lou Marten").await.expect(200);
    says(&browser, "Sam Marten").await.expect(200);
    too_fast(says(&browser, "Kim Marten").await);
    let carts = "SELECT COUNT(*) AS n FROM carts";
    assert_eq!(shop.number(carts).await, 4, "the cart and three copies");
}

async fn what_was_not_ordered_is_no_order(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Orders, CountedBy::Cart, "1")]).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    shop.set_units(&rope, 0).await;
    for _ in 0..5 {
        place(&browser, "cash_on_delivery", "").await.expect(409);
    }
    shop.set_units(&rope, 10).await;
    place(&browser, "cash_on_delivery", "").await.expect(200);
    browser.add(rope.variant(), 1).await.expect(200);
    too_fast(place(&browser, "cash_on_delivery", "").await);
}

/// The same form is sent again and again: from the third time on it is refused from memory, which is braked by nothing.
async fn what_was_refused_before_is_an_order_once_it_is_placed(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    // The first two are decided, and so is the last one.
    let rates = [
        (Brake::Orders, CountedBy::Cart, "1"),
        (Brake::Steps, CountedBy::Cart, "3"),
    ];
    set(&shop, &admin, &rates).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    shop.set_units(&rope, 0).await;
    let key = new_secret();
    let again = async || place_by(&key, &browser, "cash_on_delivery", "").await;
    for _ in 0..5 {
        again().await.expect(409);
    }
    shop.set_units(&rope, 10).await;
    again().await.expect(200);
    browser.add(rope.variant(), 1).await.expect(200);
    too_fast(place(&browser, "cash_on_delivery", "").await);
}

async fn networks_are_counted_apart_and_a_64_is_one(shop: TestShop) {
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::LookUps, CountedBy::Network, "1")]).await;
    let site = shop.open_as(Network::BehindProxy, None).await;
    let look_up = |from: &str| -> RequestBuilder {
        let browser = site.browser();
        let request = browser
            .request(reqwest::Method::POST, "/api/orders/look-up")
            .header(ACCEPT, "application/json")
            .header("x-forwarded-for", from);
        request.form(&[("number", "HF-12345-67890"), ("email", "kim@example.com")])
    };
    for (from, status) in [
        ("2001:db8:1:2::1", 422),
        ("2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:3::1", 422),
        ("203.0.113.7", 422),
        ("198.51.100.1, 203.0.113.7", 429),
        ("203.0.113.8", 422),
        ("127.0.0.1", 422),
        ("127.0.0.1", 429),
    ] {
        let answer = Answer::of(look_up(from)).await;
        assert_eq!(answer.status, status, "{from}");
    }
}

/// From the second refusal on a node tells it from memory.
async fn who_is_certainly_too_fast_is_told_what_they_were_told_before(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::LookUps, CountedBy::Network, "1")]).await;
    let site = shop.open().await;
    let browser = site.browser();
    let path = "/api/orders/look-up";
    let typed = [("number", "HF-12345-67890"), ("email", "kim@example.com")];
    browser.call(path, &typed).await.expect(422);
    for _ in 0..20 {
        let told = too_fast(browser.call(path, &typed).await);
        assert_eq!(told.kind(), "too_many_requests");
        assert!(told.body.contains(WAIT), "{}", told.body);
    }
    let german = too_fast(browser.call("/de/api/orders/look-up", &typed).await);
    assert!(
        german.body.contains("Von Ihrer Verbindung"),
        "{}",
        german.body
    );
    let page = browser.submit(path, &typed).await.refused();
    assert!(
        page.body.contains("value=\"HF-12345-67890\""),
        "what was typed"
    );

    // Whatever is no such request is refused for what it is.
    let foreign = browser
        .request(reqwest::Method::POST, path)
        .header(ACCEPT, "application/json")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(Answer::of(foreign.form(&typed)).await.status, 403);
    let read = browser.request(reqwest::Method::GET, path);
    assert_eq!(Answer::of(read).await.status, 405);
    // One brake is not another.
    let rope = shop.stock(Goods::named("Rope")).await;
    browser.add(rope.variant(), 1).await.expect(200);
}

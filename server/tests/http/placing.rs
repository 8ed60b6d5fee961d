//! Orders of programs and of the shop's script: answered as forms are, with less done around them.

use app::cookie::Cookie;
use reqwest::{Method, header::ACCEPT};
use server::ids::new_secret;
use sqlx::{Any, pool::PoolConnection};

use crate::support::{Answer, Goods, TestShop, on_both_databases, order_form};

on_both_databases!(
    a_program_and_a_form_are_answered_alike,
    an_order_of_a_program_asks_the_database_for_nothing_but_its_batch,
);

const PLACE: &str = "/api/checkout/place";
const JSON: &str = "application/json";

async fn a_program_and_a_form_are_answered_alike(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 2).await.expect(200);
    let key = new_secret();

    let refused = browser
        .call(PLACE, &order_form(&key, "1"))
        .await
        .expect(409);
    assert_eq!(refused.kind(), "total_changed");
    browser
        .submit(PLACE, &order_form(&key, "1"))
        .await
        .came_back();
    let unread = browser
        .call(PLACE, &order_form(&key, "much"))
        .await
        .expect(422);
    assert_eq!(unread.fields(), ["expected_total_minor"]);
    let hint = Cookie::CART_HINT.name("http://shop.test");
    assert_eq!(unread.cookie(hint), None);

    let placed = browser
        .call(PLACE, &order_form(&key, "9800"))
        .await
        .expect(200);
    let again = browser
        .submit(PLACE, &order_form(&key, "9800"))
        .await
        .expect(303);
    let token = placed.json()["token"].as_str().expect("a text").to_owned();
    assert_eq!(again.location(), format!("/orders/{token}"));
    assert_eq!(placed.location(), "", "a program goes on as it likes");
    assert!(
        placed
            .cookie(hint)
            .is_some_and(|line| line.contains("Max-Age=0"))
    );
    assert_eq!(placed.cookie(hint), again.cookie(hint));
    assert_eq!(
        (shop.orders().await, shop.units(rope.variant()).await),
        (1, 8)
    );

    let asked = browser.request(Method::GET, PLACE).header(ACCEPT, JSON);
    let asked = Answer::of(asked).await.expect(405);
    assert_eq!(asked.header("allow"), "POST");
    let no_text = browser.request(Method::POST, PLACE).header(ACCEPT, JSON);
    let no_text = Answer::of(no_text.body(vec![0xff_u8])).await.expect(422);
    assert_eq!(no_text.kind(), "invalid");
}

/// All connections that requests have are taken: what asked for one more would wait and fail.
async fn an_order_of_a_program_asks_the_database_for_nothing_but_its_batch(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(2)).await;
    let site = shop.open().await;
    let shoppers = [site.browser(), site.browser(), site.browser()];
    for shopper in &shoppers {
        shopper.add(rope.variant(), 1).await.expect(200);
    }
    let keys = [new_secret(), new_secret(), new_secret()];
    // What is read once in a node's life is read with the first.
    let forms = keys.each_ref().map(|key| order_form(key, "4900"));
    shoppers[0].call(PLACE, &forms[0]).await.expect(200);

    let pool = shop.db().reader();
    let mut held: Vec<PoolConnection<Any>> = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        held.push(pool.acquire().await.expect("one is left"));
    }
    shoppers[1].call(PLACE, &forms[1]).await.expect(200);
    for _ in 0..2 {
        let refused = shoppers[2].call(PLACE, &forms[2]).await.expect(409);
        assert_eq!(refused.kind(), "sold_out");
    }
    drop(held);
    assert_eq!(shop.orders().await, 2);
}

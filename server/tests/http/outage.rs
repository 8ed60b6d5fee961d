//! When the database is away: a clear word, the right status, nothing half-done.

use reqwest::{
    Method,
    header::{ACCEPT, REFERER},
};
use server::db::{Cost, Sql};

use super::api_shapes::order_fields;
use crate::support::{ADMIN, Answer, Goods, TestShop, on_both_databases};

on_both_databases!(
    pages_say_that_the_shop_is_away,
    functions_say_that_the_shop_is_away,
    the_node_lives_but_is_not_ready,
    a_form_is_answered_with_a_page,
    a_form_of_somebody_signed_in_leads_back_to_its_page,
    dear_lists_keep_nobody_from_buying,
);

#[track_caller]
fn assert_asks_to_wait(answer: &Answer) {
    let seconds: u32 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds));
}

async fn pages_say_that_the_shop_is_away(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    browser.sign_in(ADMIN).await.expect(200);
    shop.db().close().await;
    let signed_in = [
        "/",
        "/products",
        "/cart",
        "/admin/products",
        "/admin/orders",
    ];
    for path in signed_in {
        let page = browser.page(path).await.expect(503);
        assert_asks_to_wait(&page);
        assert!(page.body.contains("We’ll be right back"), "{path}");
    }
    let stranger = site.browser();
    for path in [
        "/",
        "/products",
        "/products?q=rope",
        "/products/rope",
        "/categories/deck",
        "/sitemap.xml",
        "/sitemap/pages-1.xml",
        &format!("/orders/{}", server::ids::new_secret()),
    ] {
        let page = stranger.page(path).await.expect(503);
        assert_asks_to_wait(&page);
        assert_eq!(
            page.header("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
        assert!(
            !page.body.contains("sqlx") && !page.body.contains("pool"),
            "{path}"
        );
    }
    stranger.page("/style/x.css").await.expect(200);
}

async fn functions_say_that_the_shop_is_away(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    shop.db().close().await;
    for path in [
        "/api/products",
        "/api/products/rope",
        "/api/cart",
        "/api/suggest?q=ro",
    ] {
        let answer = browser.read(path).await.expect(503);
        assert_eq!(answer.kind(), "unavailable", "{path}");
        assert_asks_to_wait(&answer);
    }
    let mut fields = order_fields("a-key-of-sixteen-or-more");
    fields.extend([
        ("variant_id", rope.variant()),
        ("quantity", "1"),
        ("password", "correct horse battery"),
        ("number", "HF-00000-00000"),
        ("price_minor", "1"),
    ]);
    for path in [
        "/api/cart/add",
        "/api/cart/update",
        "/api/cart/remove",
        "/api/cart/accept-price",
        "/api/checkout/validate",
        "/api/checkout/contact",
        "/api/checkout/shipping",
        "/api/checkout/payment",
        "/api/checkout/place",
        "/api/orders/look-up",
        "/api/admin/sign-in",
    ] {
        let answer = browser.call(path, &fields).await.expect(503);
        assert_eq!(answer.kind(), "unavailable", "{path}");
        assert_asks_to_wait(&answer);
    }
}

async fn the_node_lives_but_is_not_ready(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    browser.page("/healthz").await.expect(200);
    browser.page("/readyz").await.expect(200);
    shop.db().close().await;
    browser.page("/healthz").await.expect(200);
    let ready = browser.page("/readyz").await.expect(503);
    assert_asks_to_wait(&ready);
}

async fn a_form_is_answered_with_a_page(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    shop.db().close().await;
    let fields = [("variant_id", rope.variant())];
    let page = browser.submit("/api/cart/add", &fields).await.expect(503);
    assert!(page.body.starts_with("<!DOCTYPE html>"));
    assert_asks_to_wait(&page);
    let head = Answer::of(browser.request(Method::HEAD, "/products"))
        .await
        .expect(503);
    assert_asks_to_wait(&head);
}

async fn a_form_of_somebody_signed_in_leads_back_to_its_page(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    shop.db().close().await;
    let stood_on = format!("{}/cart", browser.base);
    let request = browser
        .request(Method::POST, "/api/cart/update")
        .header(ACCEPT, "text/html")
        .header(REFERER, stood_on);
    let back = Answer::of(request.form(&[("quantity", "1")])).await;
    let back = back.expect(303);
    assert!(back.leads_back(), "{:?}", back.headers);
    assert!(back.location().starts_with("/cart?form="));
    assert_asks_to_wait(&browser.back(&back).await.expect(503));
}

/// Someone asks for more lists that are dear to count than can be counted at once.
async fn dear_lists_keep_nobody_from_buying(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
         SELECT COUNT(*) AS n FROM n";
    let dear: Vec<_> = (0..50)
        .map(|_| {
            let catalog = shop.db().catalog().clone();
            tokio::spawn(async move { catalog.fetch_all(Cost::List, Sql::new(endless)).await })
        })
        .collect();
    let browser = site.browser();
    let (list, page) = tokio::join!(
        browser.read("/api/products?q=rope"),
        browser.page("/products?q=rope")
    );
    let (list, page) = (list.expect(503), page.expect(503));
    assert_eq!(list.kind(), "busy");
    assert_eq!(list.header("retry-after"), "1");
    assert!(page.body.contains("The shop is very busy right now"));
    assert_eq!(page.header("retry-after"), "1");
    browser.read("/readyz").await.expect(200);
    browser.read("/api/products/rope").await.expect(200);
    browser.add(rope.variant(), 1).await.expect(200);
    browser.read("/api/cart").await.expect(200);
    dear.iter().for_each(tokio::task::JoinHandle::abort);
}

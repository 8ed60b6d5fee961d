//! A cart whose cookie someone else knows.

use reqwest::{
    Method,
    header::{ACCEPT, COOKIE},
};

use super::ADDRESS;
use crate::support::{Answer, Goods, TestShop, on_both_databases};

on_both_databases!(a_planted_cart_shows_nobodys_address,);

async fn a_planted_cart_shows_nobodys_address(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let thief = site.browser();
    let added = thief.add(rope.variant(), 1).await.expect(200);
    let cookie = |answer: &Answer| {
        let line = answer.cookie("holdfast_cart").expect("a cart");
        line.split(';').next().unwrap().to_owned()
    };
    let planted = cookie(&added);
    let ask = |method: Method, path: &str, cart: &str| {
        let browser = site.browser();
        browser
            .request(method, path)
            .header(ACCEPT, "text/html")
            .header(COOKIE, cart)
    };
    let contact = ask(Method::POST, "/api/checkout/contact", &planted).form(&ADDRESS);
    let told = Answer::of(contact).await.expect(303);
    assert_eq!(told.location(), "/checkout?step=shipping");
    let own = cookie(&told);
    assert_ne!(own, planted);
    let page = Answer::of(ask(Method::GET, told.location(), &own)).await;
    page.expect(200);

    let seen = thief.page("/checkout?step=contact").await.expect(200);
    for typed in ["kim@example.com", "Kim Marten", "Quay 7", "20457"] {
        assert!(!seen.body.contains(typed), "{typed}");
    }
    // The answer was lost, and the form is sent again: nobody is left with an empty cart.
    let again = ask(Method::POST, "/api/checkout/contact", &planted).form(&ADDRESS);
    let again = Answer::of(again).await.expect(303);
    assert_eq!(again.location(), "/checkout?step=shipping");
    let cart = Answer::of(ask(Method::GET, "/cart", &cookie(&again))).await;
    assert!(cart.expect(200).body.contains("Rope"));
    // A program is told as a browser is.
    let program = site
        .browser()
        .request(Method::POST, "/api/checkout/contact")
        .header(ACCEPT, "application/json")
        .header(COOKIE, &planted)
        .form(&ADDRESS);
    let told = Answer::of(program).await.expect(200);
    assert_ne!(cookie(&told), planted);
    assert_eq!(told.body, "null");
}

//! What changed between the cart and the order is shown before anything is bought.

use super::{at_review, hidden_fields, place, review_form};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    what_cannot_be_bought_sends_back_to_the_cart,
    all_changes_are_accepted_with_one_button,
    a_changed_total_is_shown_again_before_anything_is_bought,
);

async fn what_cannot_be_bought_sends_back_to_the_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = at_review(&site, &rope, "cash_on_delivery", "").await;
    let form = review_form(&browser).await;
    shop.set_units(&rope, 0).await;
    let answer = place(&browser, &form).await.expect(303);
    assert_eq!(answer.location(), "/cart");
    let cart = browser.page("/cart").await.expect(200);
    assert!(cart.body.contains("role=\"alert\""));
    assert!(cart.body.to_lowercase().contains("sold out"));
    let answer = browser
        .submit("/api/checkout/validate", &[])
        .await
        .expect(303);
    assert_eq!(answer.location(), "/cart");
    let answer = browser.page("/checkout").await.expect(303);
    assert_eq!(answer.location(), "/cart");
    assert_eq!(shop.orders().await, 0);
}

async fn all_changes_are_accepted_with_one_button(shop: TestShop) {
    let goods = vec![Goods::named("Rope"), Goods::named("Lamp")];
    let [rope, lamp] = shop.stock_all(goods).await.try_into().unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 3).await.expect(200);
    browser.add(lamp.variant(), 1).await.expect(200);
    let cart = browser.page("/cart").await.expect(200).body;
    assert!(!cart.contains("/api/cart/accept-all"), "nothing to accept");
    shop.set_units(&rope, 2).await;
    shop.set_units(&lamp, 0).await;
    let cart = browser.page("/cart").await.expect(200).body;
    assert!(cart.contains("Accept all changes"), "{cart}");
    let form = hidden_fields(&cart, "action=\"/api/cart/accept-all\"");
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(
        form.iter()
            .filter(|(name, _)| name.starts_with("changes"))
            .count(),
        6
    );
    let answer = browser
        .submit("/api/cart/accept-all", &form)
        .await
        .expect(303);
    assert_eq!(answer.location(), "/cart");
    let cart = browser.read("/api/cart").await.json();
    assert_eq!(cart["count"], 2);
    let answer = browser
        .submit("/api/checkout/validate", &[])
        .await
        .expect(303);
    assert_eq!(answer.location(), "/checkout");
}

async fn a_changed_total_is_shown_again_before_anything_is_bought(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = at_review(&site, &rope, "cash_on_delivery", "").await;
    let mut form = review_form(&browser).await;
    for (name, value) in &mut form {
        if name == "expected_total_minor" {
            "100".clone_into(value);
        }
    }
    let page = place(&browser, &form).await.refused();
    assert!(page.body.contains("role=\"alert\""));
    assert!(page.body.contains("The total is now €53.90"));
    assert_eq!(shop.orders().await, 0);
    assert_eq!(shop.units(rope.variant()).await, 10);
}

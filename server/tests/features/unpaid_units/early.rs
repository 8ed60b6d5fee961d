//! What cannot be held is told before the order is placed, by what placing decides with.

use app::{checkout::types::CheckoutView, error::ErrorKind};
use futures_util::future::join_all;

use super::{NETWORK, buy, invented, may_hold, ropes};
use crate::support::{Browser, Stocked, TestShop, cash, contact, on_both_databases};

on_both_databases!(
    the_checkout_tells_what_placing_refuses,
    what_is_too_large_alone_is_told_in_its_own_words,
    before_an_address_is_told_its_network_counts,
    those_who_ask_at_one_moment_are_each_told_of_their_own_network,
    a_shopper_reads_it_in_the_cart_at_the_payment_and_in_the_review,
    a_demonstration_and_what_costs_nothing_are_not_kept_out,
);

/// A cart with so many ropes, whose shopper is as far as the address of `number`.
async fn at_the_review(shop: &TestShop, rope: &Stocked, units: i64, number: usize) -> String {
    let cart = shop.cart(&[(rope.variant(), units)]).await;
    let who = invented(number, cash(), 0).contact;
    let checkout = &shop.shop().checkout;
    checkout.save_contact(Some(&cart), who).await.unwrap()
}

async fn view(shop: &TestShop, cart: &str) -> CheckoutView {
    shop.shop().checkout.view(Some(cart)).await.unwrap()
}

async fn the_checkout_tells_what_placing_refuses(shop: TestShop) {
    may_hold(&shop, 0, 5).await;
    let rope = ropes(&shop).await;
    let first = buy(&shop, &rope, 4, |total| invented(1, cash(), total)).await;
    let cart = at_the_review(&shop, &rope, 2, 1).await;
    let checkout = &shop.shop().checkout;
    let placed = || async {
        let mut order = invented(1, cash(), 2000);
        order.network = "198.51.100.1".to_owned();
        shop.place(&cart, order).await
    };
    // From wherever it comes.
    for network in [NETWORK, "198.51.100.1", ""] {
        let told = checkout
            .held(&view(&shop, &cart).await, network)
            .await
            .unwrap();
        let told = told.expect("it is one too many");
        assert_eq!(told.kind, ErrorKind::LimitReached);
        let refused = checkout.validate(Some(&cart), network).await.unwrap_err();
        assert_eq!(refused, told);
        assert_eq!(placed().await.unwrap_err(), told);
    }
    // To another address, or once the first order has ended, it is not.
    let elsewhere = at_the_review(&shop, &rope, 2, 2).await;
    let told = checkout.held(&view(&shop, &elsewhere).await, NETWORK).await;
    assert_eq!(told.unwrap(), None);
    let admin = shop.admin().await;
    let first = shop.order(&first.unwrap()).await;
    shop.shop().orders.cancel(&admin, &first.id).await.unwrap();
    let told = checkout.held(&view(&shop, &cart).await, NETWORK).await;
    assert_eq!(told.unwrap(), None);
    assert!(checkout.validate(Some(&cart), NETWORK).await.unwrap().ok);
    placed().await.unwrap();
}

async fn what_is_too_large_alone_is_told_in_its_own_words(shop: TestShop) {
    may_hold(&shop, 7, 5).await;
    let rope = ropes(&shop).await;
    // Nobody has ordered anything here yet.
    let cart = at_the_review(&shop, &rope, 6, 1).await;
    let checkout = &shop.shop().checkout;
    let told = checkout.held(&view(&shop, &cart).await, NETWORK).await;
    let told = told.unwrap().expect("it is one too many");
    assert!(told.message.contains("larger than 5 items"), "{told}");
    let refused = shop.place(&cart, invented(1, cash(), 6000)).await;
    assert_eq!(refused.unwrap_err(), told);
}

async fn those_who_ask_at_one_moment_are_each_told_of_their_own_network(shop: TestShop) {
    may_hold(&shop, 5, 0).await;
    let rope = ropes(&shop).await;
    let held = buy(&shop, &rope, 4, |total| invented(1, cash(), total)).await;
    held.unwrap();
    let mut asking = Vec::new();
    for number in 0..30 {
        let network = match number % 3 {
            0 => NETWORK.to_owned(),
            1 => format!("198.51.100.{number}"),
            _ => String::new(),
        };
        asking.push((shop.cart(&[(rope.variant(), 2)]).await, network));
    }
    let checkout = &shop.shop().checkout;
    let checked = asking
        .iter()
        .map(|(cart, network)| checkout.validate(Some(cart), network));
    for (checked, (_, network)) in join_all(checked).await.into_iter().zip(&asking) {
        match network == NETWORK {
            true => assert_eq!(checked.unwrap_err().kind, ErrorKind::LimitReached),
            false => assert!(checked.unwrap().ok, "{network}"),
        }
    }
}

async fn before_an_address_is_told_its_network_counts(shop: TestShop) {
    may_hold(&shop, 5, 0).await;
    let rope = ropes(&shop).await;
    buy(&shop, &rope, 4, |total| invented(1, cash(), total))
        .await
        .unwrap();
    let cart = shop.cart(&[(rope.variant(), 2)]).await;
    let checkout = &shop.shop().checkout;
    let refused = checkout.validate(Some(&cart), NETWORK).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::LimitReached);
    assert!(
        checkout
            .validate(Some(&cart), "198.51.100.1")
            .await
            .unwrap()
            .ok
    );
    // What is wrong with the lines comes first.
    shop.set_units(&rope, 1).await;
    assert!(!checkout.validate(Some(&cart), NETWORK).await.unwrap().ok);
}

async fn a_shopper_reads_it_in_the_cart_at_the_payment_and_in_the_review(shop: TestShop) {
    const BUTTON: &str = "data-place-order";
    may_hold(&shop, 0, 2).await;
    let rope = ropes(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 3).await.expect(200);
    // Whose it is, is not known yet.
    submit(&browser, "/api/checkout/validate", &[("page", "/cart")]).await;
    let who = contact();
    let address = [
        ("email", who.email.as_str()),
        ("name", &who.name),
        ("address_line1", &who.address_line1),
        ("postal_code", &who.postal_code),
        ("city", &who.city),
        ("country", &who.country),
    ];
    submit(&browser, "/api/checkout/contact", &address).await;
    submit(
        &browser,
        "/api/checkout/shipping",
        &[("shipping", "standard")],
    )
    .await;
    let payment = browser
        .page("/checkout?step=payment")
        .await
        .expect(200)
        .body;
    assert!(
        payment.contains("larger than 2 items") && !payment.contains(BUTTON),
        "{payment}"
    );
    submit(
        &browser,
        "/api/checkout/payment",
        &[("payment", "cash_on_delivery")],
    )
    .await;
    let review = browser.page("/checkout?step=review").await.expect(200).body;
    assert!(review.contains("larger than 2 items"), "{review}");
    assert!(!review.contains("Order and pay"), "{review}");
    let refused = browser
        .submit("/api/checkout/validate", &[("page", "/cart")])
        .await;
    let cart = refused.refused();
    assert!(cart.body.contains("larger than 2 items"), "{}", cart.body);
    let fewer = [("variant_id", rope.variant()), ("quantity", "2")];
    browser.call("/api/cart/update", &fewer).await.expect(200);
    submit(&browser, "/api/checkout/validate", &[("page", "/cart")]).await;
    let payment = browser
        .page("/checkout?step=payment")
        .await
        .expect(200)
        .body;
    assert!(
        !payment.contains("larger than") && payment.contains(BUTTON),
        "{payment}"
    );
    let review = browser.page("/checkout?step=review").await.expect(200).body;
    assert!(
        !review.contains("larger than") && review.contains("Order and pay"),
        "{review}"
    );
}

/// Sends a form that is taken.
async fn submit(browser: &Browser, action: &str, form: &[(&str, &str)]) {
    let answer = browser.submit(action, form).await.expect(303);
    assert!(
        answer.location().starts_with("/checkout"),
        "{}",
        answer.location()
    );
}

async fn a_demonstration_and_what_costs_nothing_are_not_kept_out(shop: TestShop) {
    may_hold(&shop, 2, 2).await;
    let rope = ropes(&shop).await;
    let cart = at_the_review(&shop, &rope, 3, 1).await;
    let checkout = &shop.shop().checkout;
    let shown = view(&shop, &cart).await;
    assert!(checkout.held(&shown, NETWORK).await.unwrap().is_some());
    let mut free = shown.clone();
    free.totals.total_minor = 0;
    assert_eq!(checkout.held(&free, NETWORK).await.unwrap(), None);
    shop.execute("UPDATE shop_settings SET opening = 'demo'")
        .await;
    // Settings are read again once they are changed.
    let node = shop.second_node();
    let checkout = &node.shop().checkout;
    assert_eq!(checkout.held(&shown, NETWORK).await.unwrap(), None);
    assert!(checkout.validate(Some(&cart), NETWORK).await.unwrap().ok);
}

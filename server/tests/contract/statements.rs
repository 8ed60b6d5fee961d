//! How often each step of a shopper's way to an order asks the database. What a sale has to get through is mostly this.

use app::{
    checkout::{particulars::ParticularsInput, ports::Leave},
    error::{ErrorKind, ShopResult},
};
use async_trait::async_trait;

use super::carts::add;
use crate::support::{Goods, TestShop, cash, contact, counted, on_both_databases};

on_both_databases!(
    a_way_to_an_order_asks_the_database_so_often_and_no_more,
    what_is_set_in_the_back_office_is_what_the_next_step_goes_by,
);

/// Everything may be copied.
struct Anything;

#[async_trait]
impl Leave for Anything {
    async fn to_copy(&self) -> ShopResult<()> {
        Ok(())
    }
}

/// What a guest does until the order is placed, each step with its statements.
async fn way(shop: &TestShop, variant: &str) -> Vec<(&'static str, Vec<String>)> {
    let checkout = &shop.shop().checkout;
    let mut steps = Vec::new();
    let (added, ran) = counted(add(shop, None, variant, 1)).await;
    let (token, _) = added.unwrap();
    steps.push(("into the cart", ran));
    let (seen, ran) = counted(async {
        let cart = shop.shop().cart.view(Some(&token)).await;
        (cart, checkout.offers().await)
    })
    .await;
    assert_eq!(seen.0.unwrap().count, 1);
    assert!(!seen.1.unwrap().shipping.is_empty());
    steps.push(("the cart", ran));
    let (checked, ran) = counted(checkout.validate(Some(&token), "203.0.113.7")).await;
    assert!(checked.unwrap().ok);
    steps.push(("the check", ran));
    let told = ParticularsInput::default();
    let kept = checkout.save_contact_and(Some(&token), contact(), told, &Anything);
    let (kept, ran) = counted(kept).await;
    let own = kept.unwrap();
    assert_ne!(own, token);
    steps.push(("the contact", ran));
    // All that is told at a moment is stored by one statement, so this is none of its own.
    checkout.save_shipping(Some(&own), "pickup").await.unwrap();
    let (kept, ran) = counted(checkout.save_payment(Some(&own), cash())).await;
    kept.unwrap();
    steps.push(("the payment", ran));
    let (review, ran) = counted(checkout.view(Some(&own))).await;
    let draft = review.unwrap().draft;
    assert_eq!(draft.shipping.as_deref(), Some("pickup"));
    assert_eq!(draft.contact, Some(contact()));
    assert!(draft.payment.is_some());
    steps.push(("the review", ran));
    steps
}

async fn a_way_to_an_order_asks_the_database_so_often_and_no_more(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    // What a node keeps is read with the first of them.
    way(&shop, rope.variant()).await;
    let most = [
        ("into the cart", 1),
        ("the cart", 1),
        ("the check", 2),
        ("the contact", 1),
        ("the payment", 1),
        ("the review", 1),
    ];
    let mut all = 0;
    for ((step, ran), (of, most)) in way(&shop, rope.variant()).await.into_iter().zip(most) {
        assert_eq!(step, of);
        assert!(ran.len() <= most, "{step}: {ran:#?}");
        all += ran.len();
    }
    assert!(all <= 7, "{all} in all");
    // Limits have a say in it, once there are some.
    shop.execute(&format!(
        "INSERT INTO buyer_limits (id, variant_id, units, days, created_at) \
         VALUES ('limit', '{}', 1, 0, 0)",
        rope.variant()
    ))
    .await;
    let (token, cart) = add(&shop, None, rope.variant(), 2).await.unwrap();
    assert!(cart.lines[0].problem.is_some(), "it is told at once");
    let checked = shop.shop().checkout.validate(Some(&token), "").await;
    assert!(!checked.unwrap().ok);
}

/// Beside what a node keeps, what is on the shelf is read by each step.
async fn what_is_set_in_the_back_office_is_what_the_next_step_goes_by(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let node = shop.second_node();
    way(&shop, rope.variant()).await;
    way(&node, rope.variant()).await;
    let (token, _) = add(&node, None, rope.variant(), 2).await.unwrap();
    shop.set_units(&rope, 1).await;
    let checked = node.shop().checkout.validate(Some(&token), "").await;
    assert!(!checked.unwrap().ok, "one is left");
    shop.set_units(&rope, 9).await;
    shop.execute("UPDATE brakes SET held_by_network = 1").await;
    let checkout = &node.shop().checkout;
    let held = checkout.validate(Some(&token), "203.0.113.7").await;
    assert!(held.is_err(), "two are more than may be held");
    shop.execute("DELETE FROM shipping_rates WHERE id = 'pickup'")
        .await;
    let refused = checkout.save_shipping(Some(&token), "pickup").await;
    assert_eq!(refused.unwrap_err().fields[0].field, "shipping");
    let no_cart = checkout.save_shipping(None, "express").await;
    assert_eq!(no_cart.unwrap_err().kind, ErrorKind::EmptyCart);
}

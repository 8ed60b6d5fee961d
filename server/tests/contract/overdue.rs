//! Orders whose payment broke off with the node that had it in hand.

use std::sync::Arc;

use app::{
    checkout::types::PaymentChoice,
    locale::Locale,
    orders::{
        payment::PaymentStatus,
        types::{CancelReason, OrderStatus},
    },
};
use server::{
    cart::token,
    ids::{new_id, new_order_number, new_order_token, new_secret},
    orders::{
        cancel::{Restore, cancel_unpaid},
        paid::{PaidOutcome, mark_paid},
        placement::{
            batch::{Intent, Outcome},
            place::{BatchTime, place_batch},
            turn::Turn,
        },
    },
    payment::{Charge, PaymentProvider, Settlement, TestCard},
};

use crate::support::{Goods, MINUTE, Stocked, TestShop, contact, on_both_databases};

on_both_databases!(
    an_order_that_is_never_paid_gives_its_units_back,
    an_order_that_was_charged_is_found_to_be_paid,
    two_nodes_end_an_overdue_order_once,
    a_payment_noted_twice_is_noted_once,
    a_payment_that_comes_after_the_end_is_sent_back,
    of_an_order_of_nothing_no_money_comes_after_the_end,
    an_order_is_given_up_once,
);

/// An order that was written down by a node that went away before the charge.
pub async fn left_alone(shop: &TestShop, rope: &Stocked, units: i64) -> Intent {
    left_alone_at(shop, rope, units, 1000).await
}

/// The same of goods at another price.
async fn left_alone_at(shop: &TestShop, rope: &Stocked, units: i64, price_minor: i64) -> Intent {
    let cart = shop.cart(&[(rope.variant(), units)]).await;
    let order_id = new_id();
    let intent = Intent {
        checkout_key: new_secret(),
        cart_hash: token::key(&cart),
        account_id: None,
        locale: Locale::default(),
        contact: contact(),
        network: String::new(),
        particulars: Default::default(),
        shipping: "pickup".to_owned(),
        payment: Ok(PaymentChoice {
            method: "test_card".to_owned(),
            token: "test_approve".to_owned(),
            label: "Test card ending 4242".to_owned(),
        }),
        method: "test_card",
        settlement: Settlement::Online,
        expected_total_minor: price_minor * units,
        terms: None,
        names: None,
        tickets: Vec::new(),
        number: new_order_number(),
        token: new_order_token(&order_id),
        order_id,
    };
    let one = [Arc::new(intent.clone())];
    let outcomes = place_batch(
        shop.db(),
        BatchTime::of(&*shop.services.clock),
        shop.services.settings.defaults(),
        &one,
        Turn::default(),
    )
    .await
    .unwrap();
    assert!(
        matches!(outcomes.as_slice(), [Outcome::Placed(_)]),
        "{outcomes:?}"
    );
    intent
}

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

async fn status(shop: &TestShop, intent: &Intent) -> (OrderStatus, PaymentStatus) {
    let order = shop.shop().orders.by_token(&intent.token).await.unwrap();
    (order.status, order.payment_status)
}

async fn an_order_that_is_never_paid_gives_its_units_back(shop: TestShop) {
    let rope = rope(&shop).await;
    let intent = left_alone(&shop, &rope, 4).await;
    let settle = || async { shop.services.checkout.settle_overdue().await.unwrap() };
    shop.clock.advance(29 * MINUTE);
    assert_eq!(settle().await, 0, "it may still be paid");
    assert_eq!(shop.units(rope.variant()).await, 6);
    shop.clock.advance(2 * MINUTE);
    assert_eq!(settle().await, 1);
    assert_eq!(shop.units(rope.variant()).await, 10);
    assert_eq!(
        status(&shop, &intent).await,
        (OrderStatus::Cancelled, PaymentStatus::Voided)
    );
    assert_eq!(settle().await, 0);
    assert_eq!(shop.units(rope.variant()).await, 10);
    // One who comes late with the money is not taken any more.
    let card = TestCard::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.brakes.clone(),
    );
    card.charge(&intent.order_id, 4000, "test_approve")
        .await
        .unwrap();
    let captured = shop
        .number("SELECT COUNT(*) AS n FROM test_card_charges WHERE status = 'captured'")
        .await;
    assert_eq!(captured, 0);
}

async fn an_order_that_was_charged_is_found_to_be_paid(shop: TestShop) {
    let rope = rope(&shop).await;
    let intent = left_alone(&shop, &rope, 4).await;
    let card = TestCard::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.brakes.clone(),
    );
    card.charge(&intent.order_id, 4000, "test_approve")
        .await
        .unwrap();
    shop.clock.advance(31 * MINUTE);
    shop.services.run_maintenance().await;
    assert_eq!(
        status(&shop, &intent).await,
        (OrderStatus::Paid, PaymentStatus::Captured)
    );
    assert_eq!(shop.units(rope.variant()).await, 6);
}

async fn two_nodes_end_an_overdue_order_once(shop: TestShop) {
    let rope = rope(&shop).await;
    for _ in 0..5 {
        left_alone(&shop, &rope, 2).await;
    }
    shop.clock.advance(31 * MINUTE);
    let nodes: Vec<_> = (0..4)
        .map(|_| {
            let node = shop.second_node();
            tokio::spawn(async move { node.services.checkout.settle_overdue().await.unwrap() })
        })
        .collect();
    for node in nodes {
        node.await.unwrap();
    }
    assert_eq!(shop.units(rope.variant()).await, 10);
    let ended = shop
        .number("SELECT COUNT(*) AS n FROM orders WHERE status = 'cancelled'")
        .await;
    assert_eq!(ended, 5);
}

async fn a_payment_noted_twice_is_noted_once(shop: TestShop) {
    let rope = rope(&shop).await;
    let intent = left_alone(&shop, &rope, 4).await;
    let card = TestCard::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.brakes.clone(),
    );
    for _ in 0..2 {
        let charge = card
            .charge(&intent.order_id, 4000, "test_approve")
            .await
            .unwrap();
        let noted = mark_paid(shop.db(), shop.now(), &intent.order_id, &charge).await;
        assert_eq!(noted.unwrap(), PaidOutcome::Paid);
    }
    let charges = shop
        .number("SELECT COUNT(*) AS n FROM test_card_charges")
        .await;
    assert_eq!(charges, 1);
    assert_eq!(status(&shop, &intent).await.0, OrderStatus::Paid);
}

async fn a_payment_that_comes_after_the_end_is_sent_back(shop: TestShop) {
    let rope = rope(&shop).await;
    let intent = left_alone(&shop, &rope, 4).await;
    let card = TestCard::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.brakes.clone(),
    );
    let charge = card
        .charge(&intent.order_id, 4000, "test_approve")
        .await
        .unwrap();
    // Staff cancels between the charge and its note, and the node that charged goes away.
    let admin = shop.admin().await;
    server::orders::cancel::cancel_by_staff(shop.db(), shop.now(), &intent.order_id, &admin.email)
        .await
        .unwrap();
    let noted = mark_paid(shop.db(), shop.now(), &intent.order_id, &charge).await;
    assert_eq!(noted.unwrap(), PaidOutcome::Cancelled);
    shop.services.run_maintenance().await;
    let kept =
        "SELECT CAST(SUM(amount_minor - refunded_minor) AS BIGINT) AS n FROM test_card_charges";
    assert_eq!(shop.number(kept).await, 0);
    assert_eq!(
        status(&shop, &intent).await,
        (OrderStatus::Cancelled, PaymentStatus::Refunded)
    );
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn of_an_order_of_nothing_no_money_comes_after_the_end(shop: TestShop) {
    let gift = shop.stock(Goods::named("Gift").price(0)).await;
    let intent = left_alone_at(&shop, &gift, 1, 0).await;
    let (now, id) = (shop.now(), &intent.order_id);
    let ended = cancel_unpaid(shop.db(), now, id, CancelReason::Expired, Restore::Nothing);
    ended.await.unwrap().expect("it waited");
    let reference = String::new();
    let noted = mark_paid(shop.db(), now, id, &Charge::Captured { reference }).await;
    assert_eq!(noted.unwrap(), PaidOutcome::Cancelled);
    let told = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";
    assert_eq!(shop.number(told).await, 0);
    let expected = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &intent).await, expected);
}

async fn an_order_is_given_up_once(shop: TestShop) {
    let rope = rope(&shop).await;
    let intent = left_alone(&shop, &rope, 4).await;
    let give_up = |reason| {
        cancel_unpaid(
            shop.db(),
            shop.now(),
            &intent.order_id,
            reason,
            Restore::Cart,
        )
    };
    assert!(give_up(CancelReason::Declined).await.unwrap().is_some());
    assert!(give_up(CancelReason::Declined).await.unwrap().is_none());
    assert!(give_up(CancelReason::Expired).await.unwrap().is_none());
    assert_eq!(shop.units(rope.variant()).await, 10);
    let lines = shop
        .number("SELECT CAST(SUM(quantity) AS BIGINT) AS n FROM cart_lines")
        .await;
    assert_eq!(lines, 4, "back in the cart once");
}

//! What is promised, and from when it counts. Tests begin on a Thursday, 9 October 2025, at 08:53 UTC.

use app::{delivery::Handover, orders::types::OrderStatus};

use super::{PICKUP, dates, set};
use crate::{
    bank_transfer,
    support::{APPROVES, DAY, Goods, HOUR, TestShop, cash, on_both_databases, order, test_card},
};

on_both_databases!(
    where_nothing_is_set_nothing_is_promised,
    an_order_keeps_what_it_was_told,
    every_node_counts_by_the_new_settings_at_once,
    what_waits_for_a_transfer_counts_from_the_payment,
    what_waits_for_a_confirmation_counts_from_it,
);

async fn where_nothing_is_set_nothing_is_promised(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let checkout = &shop.shop().checkout;
    let view = checkout.view(Some(&cart)).await.unwrap();
    assert!(view.rates.iter().all(|rate| rate.promise.is_none()));
    let offers = checkout.offers().await.unwrap();
    assert!(offers.shipping.iter().all(|offer| offer.delivery.is_none()));
    let order = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    assert_eq!(dates(order.promise.as_ref()), "nothing");
}

async fn an_order_keeps_what_it_was_told(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    set(&shop, &admin, PICKUP, ["1", "2"], "").await;
    let first = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    assert_eq!(dates(first.promise.as_ref()), "2025-10-10 2025-10-13");
    let handover = first.promise.as_ref().unwrap().delivery.handover;
    assert_eq!(handover, Handover::Collection);

    set(&shop, &admin, PICKUP, ["5", "9"], "08:00").await;
    let second = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    assert_eq!(dates(second.promise.as_ref()), "2025-10-17 2025-10-23");
    set(&shop, &admin, PICKUP, ["", ""], "").await;
    let third = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    assert_eq!(dates(third.promise.as_ref()), "nothing");
    assert!(first.is_collected() && third.is_collected());
    for told in [first, second] {
        let now = shop.shop().orders.by_id(&told.id).await.unwrap();
        assert_eq!(now.promise, told.promise);
    }
}

async fn every_node_counts_by_the_new_settings_at_once(shop: TestShop) {
    let admin = shop.admin().await;
    let other = shop.second_node();
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    for (days, dispatch_by, told) in [
        (["1", "1"], "", "2025-10-10 2025-10-10"),
        (["1", "1"], "08:53", "2025-10-13 2025-10-13"),
        (["0", "1"], "08:54", "2025-10-09 2025-10-10"),
        (["", ""], "", "nothing"),
    ] {
        set(&shop, &admin, PICKUP, days, dispatch_by).await;
        for node in [&shop, &other] {
            let view = node.shop().checkout.view(Some(&cart)).await.unwrap();
            let promise = view.rates[PICKUP].promise.as_ref();
            assert_eq!(dates(promise), told, "{days:?} {dispatch_by}");
        }
    }
}

async fn what_waits_for_a_transfer_counts_from_the_payment(shop: TestShop) {
    let admin = bank_transfer::set_up(&shop).await;
    let rope = bank_transfer::rope(&shop).await;
    set(&shop, &admin, PICKUP, ["1", "2"], "").await;
    let waiting = shop
        .bought(&[(rope.variant(), 1)], bank_transfer::transfer())
        .await;
    assert_eq!(waiting.status, OrderStatus::PendingPayment);
    assert_eq!(dates(waiting.promise.as_ref()), "not yet");
    // What was said counts, and not what is said by then.
    set(&shop, &admin, PICKUP, ["5", "9"], "").await;
    shop.clock.advance(DAY);
    let desk = &shop.shop().transfers;
    let part = bank_transfer::came("4.00", "");
    desk.record(&admin, &waiting.id, part).await.unwrap();
    let now = shop.shop().orders.by_id(&waiting.id).await.unwrap();
    assert_eq!(dates(now.promise.as_ref()), "not yet");
    let rest = bank_transfer::came("6.00", "");
    desk.record(&admin, &waiting.id, rest).await.unwrap();
    let paid = shop.shop().orders.by_id(&waiting.id).await.unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    assert_eq!(dates(paid.promise.as_ref()), "2025-10-13 2025-10-14");
}

async fn what_waits_for_a_confirmation_counts_from_it(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.execute("UPDATE cash_settings SET confirmation = 1, minutes = 1440")
        .await;
    set(&shop, &admin, PICKUP, ["1", "1"], "").await;
    let post = shop.post();
    let waiting = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(waiting.status, OrderStatus::AwaitingConfirmation);
    assert_eq!(dates(waiting.promise.as_ref()), "not yet");
    let token = post.the_mail().await.link("/orders/confirm/");
    shop.clock.advance(20 * HOUR);
    let confirmed = shop.shop().orders.confirm(&token).await.unwrap();
    assert_eq!(dates(confirmed.promise.as_ref()), "2025-10-13 2025-10-13");

    // With nothing to wait for it counts at once.
    shop.execute("UPDATE cash_settings SET confirmation = 0")
        .await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let total = shop.subtotal(&cart).await;
    let placed = shop.place(&cart, order(cash(), total)).await.unwrap();
    let at_once = shop.order(&placed).await;
    assert_eq!(dates(at_once.promise.as_ref()), "2025-10-13 2025-10-13");
}

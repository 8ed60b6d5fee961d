//! Orders that are given up at the same moment.

use app::orders::{
    payment::PaymentStatus,
    types::{CancelReason, OrderStatus},
};
use futures_util::future::join_all;
use server::{
    orders::{
        cancel::Restore,
        paid::{PaidOutcome, mark_paid},
    },
    payment::{PaymentProvider, TestCard},
};

use super::overdue::left_alone;
use crate::support::{Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    orders_that_are_given_up_at_one_moment_give_back_once_each,
    orders_of_several_products_give_back_to_each,
    whatever_ends_orders_at_one_moment_ends_each_in_its_own_way,
    what_is_given_up_with_others_is_cancelled_as_if_by_itself,
);

async fn orders_that_are_given_up_at_one_moment_give_back_once_each(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(40)).await;
    let mut orders = Vec::new();
    for units in 1..=6 {
        orders.push(left_alone(&shop, &rope, units).await.order_id);
    }
    let brakes = shop.services.brakes.clone();
    let card = TestCard::new(shop.db().clone(), shop.clock.clone(), brakes);
    let paid = orders.remove(3);
    let charge = card.charge(&paid, 4000, "test_approve").await.unwrap();
    let noted = mark_paid(shop.db(), shop.now(), &paid, &charge).await;
    assert_eq!(noted.unwrap(), PaidOutcome::Paid);

    let cancellations = shop.cancellations();
    let all = orders.iter().chain([&paid]).chain(&orders);
    let (reason, restore) = (CancelReason::Declined, Restore::Cart);
    let ended = all.map(|order_id| cancellations.cancel_unpaid(order_id, reason, restore));
    let ended = join_all(ended).await;

    let ended: Vec<bool> = ended.into_iter().map(Result::unwrap).collect();
    assert_eq!(ended.iter().filter(|ended| **ended).count(), 5, "{ended:?}");
    assert!(!ended[5], "what is paid is not given up");
    assert_eq!(shop.units(rope.variant()).await, 36);
    for (count, expected) in [
        (
            "SELECT COUNT(*) AS n FROM orders WHERE status = 'cancelled' AND payment_status = 'declined' \
          AND cancel_reason = 'payment_declined'",
            5,
        ),
        (
            "SELECT COUNT(*) AS n FROM payment_attempts WHERE status = 'declined'",
            5,
        ),
        (
            "SELECT COUNT(*) AS n FROM order_events WHERE kind = 'cancelled'",
            5,
        ),
        (
            "SELECT CAST(SUM(delta) AS BIGINT) AS n FROM stock_entries WHERE reason = 'cancellation'",
            17,
        ),
        (
            "SELECT CAST(SUM(quantity) AS BIGINT) AS n FROM cart_lines",
            17,
        ),
        (
            "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_cancelled'",
            0,
        ),
    ] {
        assert_eq!(shop.number(count).await, expected, "{count}");
    }
}

async fn orders_of_several_products_give_back_to_each(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let lamp = shop.stock(Goods::named("Lamp").price(1000)).await;
    let mut orders = Vec::new();
    for (goods, units) in [(&rope, 1), (&lamp, 2), (&rope, 3), (&lamp, 4)] {
        orders.push(left_alone(&shop, goods, units).await.order_id);
    }
    let kept = orders.remove(3);

    let cancellations = shop.cancellations();
    let (reason, restore) = (CancelReason::Expired, Restore::Nothing);
    let ended = orders
        .iter()
        .map(|order_id| cancellations.cancel_unpaid(order_id, reason, restore));
    let ended = join_all(ended).await;

    assert!(ended.into_iter().all(Result::unwrap));
    assert_eq!(shop.units(rope.variant()).await, 10);
    assert_eq!(shop.units(lamp.variant()).await, 6);
    let entries = format!(
        "SELECT COUNT(*) AS n FROM stock_entries WHERE reason = 'cancellation' AND order_id <> '{kept}'"
    );
    assert_eq!(shop.number(&entries).await, 3);
}

async fn whatever_ends_orders_at_one_moment_ends_each_in_its_own_way(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(9)).await;
    let declined = left_alone(&shop, &rope, 1).await.order_id;
    let unwanted = left_alone(&shop, &rope, 2).await.order_id;
    let due = shop.bought(&[(rope.variant(), 4)], cash()).await.id;
    let wrong = left_alone(&shop, &rope, 1).await.order_id;

    let cancellations = shop.cancellations();
    let ended = tokio::join!(
        cancellations.cancel_unpaid(&declined, CancelReason::Declined, Restore::Cart),
        cancellations.cancel_by_shopper(&unwanted),
        cancellations.cancel_by_shopper(&due),
        // It waits for its payment, and for nothing else.
        cancellations.cancel_unconfirmed(&wrong),
    );

    assert!(ended.0.unwrap() && ended.1.unwrap() && ended.2.unwrap());
    assert!(!ended.3.unwrap());
    assert_eq!(shop.units(rope.variant()).await, 8);
    for (order_id, reason) in [
        (&declined, CancelReason::Declined),
        (&unwanted, CancelReason::Shopper),
        (&due, CancelReason::Shopper),
    ] {
        let order = shop.shop().orders.by_id(order_id).await.unwrap();
        assert_eq!(order.cancel_reason, Some(reason));
    }
    let restored = "SELECT CAST(SUM(quantity) AS BIGINT) AS n FROM cart_lines";
    assert_eq!(shop.number(restored).await, 1, "of the declined one alone");
    let told = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_cancelled'";
    assert_eq!(shop.number(told).await, 2);
    let left = shop.shop().orders.by_id(&wrong).await.unwrap();
    assert_eq!(left.status, OrderStatus::PendingPayment);
}

async fn what_is_given_up_with_others_is_cancelled_as_if_by_itself(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(40)).await;
    let lamp = shop.stock(Goods::named("Lamp").price(1000).units(10)).await;
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    let unconfirmed = shop.bought(&[(rope.variant(), 2)], cash()).await.id;
    let declined = left_alone(&shop, &rope, 1).await.order_id;
    let of_same_cart = left_alone(&shop, &lamp, 2).await.order_id;
    let without_cart = left_alone(&shop, &rope, 3).await.order_id;
    let unwanted = left_alone(&shop, &rope, 1).await.order_id;
    let paid = left_alone(&shop, &rope, 5).await.order_id;
    let cart_of = |order_id: &str| format!("(SELECT cart_id FROM orders WHERE id = '{order_id}')");
    let cart = cart_of(&declined);
    shop.execute(&format!(
        "UPDATE orders SET cart_id = {cart} WHERE id = '{of_same_cart}'"
    ))
    .await;
    let cart = cart_of(&without_cart);
    shop.execute(&format!("DELETE FROM carts WHERE id = {cart}"))
        .await;
    let brakes = shop.services.brakes.clone();
    let card = TestCard::new(shop.db().clone(), shop.clock.clone(), brakes);
    let charge = card.charge(&paid, 5000, "test_approve").await.unwrap();
    let noted = mark_paid(shop.db(), shop.now(), &paid, &charge).await;
    assert_eq!(noted.unwrap(), PaidOutcome::Paid);

    let cancellations = shop.cancellations();
    let all = [&paid, &declined, &of_same_cart, &without_cart];
    let (reason, restore) = (CancelReason::Declined, Restore::Cart);
    let unpaid = all.map(|order_id| cancellations.cancel_unpaid(order_id, reason, restore));
    let (unpaid, unwanted_ended, unconfirmed_ended) = tokio::join!(
        join_all(unpaid),
        cancellations.cancel_by_shopper(&unwanted),
        cancellations.cancel_unconfirmed(&unconfirmed),
    );

    let unpaid: Vec<bool> = unpaid.into_iter().map(Result::unwrap).collect();
    assert_eq!(unpaid, [false, true, true, true]);
    assert!(unwanted_ended.unwrap() && unconfirmed_ended.unwrap());
    for (order_id, reason, payment) in [
        (&declined, CancelReason::Declined, PaymentStatus::Declined),
        (
            &of_same_cart,
            CancelReason::Declined,
            PaymentStatus::Declined,
        ),
        (
            &without_cart,
            CancelReason::Declined,
            PaymentStatus::Declined,
        ),
        (&unwanted, CancelReason::Shopper, PaymentStatus::Pending),
        (
            &unconfirmed,
            CancelReason::Unconfirmed,
            PaymentStatus::Voided,
        ),
    ] {
        let order = shop.shop().orders.by_id(order_id).await.unwrap();
        assert_eq!(order.status, OrderStatus::Cancelled);
        assert_eq!(order.cancel_reason, Some(reason));
        assert_eq!(order.payment_status, payment, "{reason:?}");
    }
    let left = shop.shop().orders.by_id(&paid).await.unwrap();
    assert_eq!(left.status, OrderStatus::Paid);
    assert_eq!(
        (left.cancel_reason, left.payment_status),
        (None, PaymentStatus::Captured)
    );
    assert_eq!(shop.units(rope.variant()).await, 35);
    assert_eq!(shop.units(lamp.variant()).await, 10);
    for (count, expected) in [
        (
            "SELECT COUNT(*) AS n FROM order_events WHERE kind = 'cancelled' AND actor IS NULL",
            5,
        ),
        (
            "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_cancelled'",
            2,
        ),
        (
            "SELECT COUNT(*) AS n FROM payment_attempts p JOIN orders o ON o.id = p.order_id \
             WHERE o.payment_method = 'test_card' AND p.status = o.payment_status",
            5,
        ),
        // Of one declined order the cart is gone, and the other two have the same.
        (
            "SELECT CAST(SUM(quantity) AS BIGINT) AS n FROM cart_lines",
            3,
        ),
        ("SELECT COUNT(*) AS n FROM unpaid_holders", 0),
    ] {
        assert_eq!(shop.number(count).await, expected, "{count}");
    }
}

//! Paying: at most one charge, and units that come back exactly once.

use app::{
    checkout::types::PlaceOrder,
    error::ErrorKind,
    identity::Account,
    orders::types::{CancelReason, OrderStatus},
};

use crate::support::{
    APPROVES, DECLINES, FAILS_AFTER, FAILS_BEFORE, Goods, Stocked, TestShop, cash,
    on_both_databases, order, test_card,
};

on_both_databases!(
    an_approved_card_is_charged_once,
    a_declined_card_gives_everything_back_once,
    a_card_that_breaks_off_before_is_not_charged,
    a_card_that_breaks_off_after_is_paid,
    a_declined_order_can_be_paid_in_another_way,
    the_same_key_after_a_decline_is_a_decline,
    submits_at_once_charge_once,
    a_card_kept_from_the_payment_step_is_charged,
    cancelling_twice_gives_back_once,
    cancelling_at_once_gives_back_once,
    cancelling_a_paid_order_returns_its_money,
    cancelling_gives_back_units_of_a_deleted_product_too,
);

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

async fn charged(shop: &TestShop) -> i64 {
    let sql = "SELECT CAST(COALESCE(SUM(amount_minor - refunded_minor), 0) AS BIGINT) AS n \
        FROM test_card_charges WHERE status = 'captured'";
    shop.number(sql).await
}

async fn an_approved_card_is_charged_once(shop: TestShop) {
    let rope = rope(&shop).await;
    let cart = shop.cart(&[(rope.variant(), 3)]).await;
    let form = order(test_card(APPROVES), 3000);
    let placed = shop.place(&cart, form.clone()).await.unwrap();
    assert_eq!(placed.status, OrderStatus::Paid);
    assert_eq!(shop.place(&cart, form).await.unwrap(), placed);
    assert_eq!(charged(&shop).await, 3000);
    let order = shop.order(&placed).await;
    assert_eq!(
        (order.payment_status.as_str(), order.payment_label.as_str()),
        ("captured", "Test card ending 4242")
    );
    assert_eq!(shop.units(rope.variant()).await, 7);
}

async fn a_declined_card_gives_everything_back_once(shop: TestShop) {
    let rope = rope(&shop).await;
    let (cart, placed) = shop.buy(&[(rope.variant(), 10)], test_card(DECLINES)).await;
    assert_eq!(placed.unwrap_err().kind, ErrorKind::PaymentDeclined);
    assert_eq!(shop.units(rope.variant()).await, 10);
    assert_eq!(charged(&shop).await, 0);
    let view = shop.shop().cart.view(Some(&cart)).await.unwrap();
    assert_eq!(
        (view.count, view.subtotal_minor),
        (10, 10_000),
        "the cart is as before"
    );
    assert_eq!(view.problems(), []);
    let order = shop
        .number("SELECT COUNT(*) AS n FROM orders WHERE status = 'cancelled'")
        .await;
    assert_eq!(order, 1);
    let back = shop
        .number("SELECT COUNT(*) AS n FROM stock_movements WHERE reason = 'cancellation'")
        .await;
    assert_eq!(back, 1);
}

async fn a_card_that_breaks_off_before_is_not_charged(shop: TestShop) {
    let rope = rope(&shop).await;
    let (cart, placed) = shop
        .buy(&[(rope.variant(), 2)], test_card(FAILS_BEFORE))
        .await;
    assert_eq!(placed.unwrap_err().kind, ErrorKind::PaymentDeclined);
    assert_eq!(shop.units(rope.variant()).await, 10);
    assert_eq!(charged(&shop).await, 0);
    assert_eq!(shop.shop().cart.view(Some(&cart)).await.unwrap().count, 2);
}

async fn a_card_that_breaks_off_after_is_paid(shop: TestShop) {
    let rope = rope(&shop).await;
    let (_, placed) = shop
        .buy(&[(rope.variant(), 2)], test_card(FAILS_AFTER))
        .await;
    let placed = placed.unwrap();
    assert_eq!(placed.status, OrderStatus::Paid);
    assert_eq!(charged(&shop).await, 2000);
    assert_eq!(
        shop.order(&placed).await.payment_status.as_str(),
        "captured"
    );
}

async fn a_declined_order_can_be_paid_in_another_way(shop: TestShop) {
    let rope = rope(&shop).await;
    let (cart, placed) = shop.buy(&[(rope.variant(), 2)], test_card(DECLINES)).await;
    placed.unwrap_err();
    // With the key that the next page of the checkout would send.
    let key = shop
        .shop()
        .checkout
        .view(Some(&cart))
        .await
        .unwrap()
        .checkout_key;
    let form = PlaceOrder {
        checkout_key: key,
        ..order(test_card(APPROVES), 2000)
    };
    let placed = shop.place(&cart, form).await.unwrap();
    assert_eq!(placed.status, OrderStatus::Paid);
    assert_eq!(
        (charged(&shop).await, shop.units(rope.variant()).await),
        (2000, 8)
    );
}

async fn the_same_key_after_a_decline_is_a_decline(shop: TestShop) {
    let rope = rope(&shop).await;
    let cart = shop.cart(&[(rope.variant(), 2)]).await;
    let form = order(test_card(DECLINES), 2000);
    for _ in 0..3 {
        let refused = shop.place(&cart, form.clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::PaymentDeclined);
    }
    assert_eq!(
        (shop.orders().await, shop.units(rope.variant()).await),
        (1, 10)
    );
}

async fn submits_at_once_charge_once(shop: TestShop) {
    let rope = rope(&shop).await;
    for (number, takes) in [
        (APPROVES, 1),
        (FAILS_AFTER, 1),
        (DECLINES, 0),
        (FAILS_BEFORE, 0),
    ] {
        let (before, money) = (shop.units(rope.variant()).await, charged(&shop).await);
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let form = order(test_card(number), 1000);
        let nodes = [shop.clone(), shop.second_node()];
        let placing = (0..8).map(|n| {
            let (node, cart, form) = (nodes[n % 2].clone(), cart.clone(), form.clone());
            tokio::spawn(async move { node.place(&cart, form).await })
        });
        for placed in placing.collect::<Vec<_>>() {
            match placed.await.unwrap() {
                Ok(placed) => assert!(takes == 1 && placed.status == OrderStatus::Paid, "{number}"),
                Err(refused) => {
                    assert!(takes == 0, "{number}: {refused}");
                    assert_eq!(refused.kind, ErrorKind::PaymentDeclined);
                }
            }
        }
        assert_eq!(shop.units(rope.variant()).await, before - takes, "{number}");
        assert_eq!(charged(&shop).await, money + 1000 * takes, "{number}");
    }
}

async fn a_card_kept_from_the_payment_step_is_charged(shop: TestShop) {
    let rope = rope(&shop).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let checkout = &shop.shop().checkout;
    checkout
        .save_payment(Some(&cart), test_card(APPROVES))
        .await
        .unwrap();
    let key = checkout.view(Some(&cart)).await.unwrap().checkout_key;
    let form = PlaceOrder {
        checkout_key: key,
        ..order(test_card(""), 1000)
    };
    let placed = shop.place(&cart, form.clone()).await.unwrap();
    assert_eq!(charged(&shop).await, 1000);
    assert_eq!(
        shop.place(&cart, form).await.unwrap(),
        placed,
        "though the card is forgotten"
    );
}

async fn cancel(shop: &TestShop, actor: &Account, id: &str) -> Result<OrderStatus, ErrorKind> {
    let cancelled = shop.shop().orders.cancel(actor, id).await;
    cancelled
        .map(|order| order.status)
        .map_err(|error| error.kind)
}

async fn cancelling_twice_gives_back_once(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let (cart, placed) = shop.buy(&[(rope.variant(), 4)], cash()).await;
    let order = shop.order(&placed.unwrap()).await;
    assert_eq!(
        cancel(&shop, &admin, &order.id).await,
        Ok(OrderStatus::Cancelled)
    );
    assert_eq!(
        cancel(&shop, &admin, &order.id).await,
        Err(ErrorKind::Conflict)
    );
    assert_eq!(shop.units(rope.variant()).await, 10);
    let order = shop.shop().orders.by_id(&order.id).await.unwrap();
    assert_eq!(order.cancel_reason, Some(CancelReason::Staff));
    assert_eq!(order.payment_status.as_str(), "voided");
    assert_eq!(
        shop.shop().cart.view(Some(&cart)).await.unwrap().count,
        0,
        "the cart stays empty"
    );
    for unknown in ["", "x", rope.id.as_str()] {
        assert_eq!(
            cancel(&shop, &admin, unknown).await,
            Err(ErrorKind::NotFound)
        );
    }
}

async fn cancelling_at_once_gives_back_once(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let (_, placed) = shop.buy(&[(rope.variant(), 4)], test_card(APPROVES)).await;
    let id = shop.order(&placed.unwrap()).await.id;
    let cancelling = (0..10).map(|_| {
        let (shop, admin, id) = (shop.second_node(), admin.clone(), id.clone());
        tokio::spawn(async move { cancel(&shop, &admin, &id).await })
    });
    for cancelled in cancelling.collect::<Vec<_>>() {
        let cancelled = cancelled.await.unwrap();
        assert!(matches!(
            cancelled,
            Ok(OrderStatus::Cancelled) | Err(ErrorKind::Conflict)
        ));
    }
    assert_eq!(
        (shop.units(rope.variant()).await, charged(&shop).await),
        (10, 0)
    );
}

async fn cancelling_a_paid_order_returns_its_money(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let (_, placed) = shop.buy(&[(rope.variant(), 4)], test_card(APPROVES)).await;
    let placed = placed.unwrap();
    assert_eq!(charged(&shop).await, 4000);
    let id = shop.order(&placed).await.id;
    cancel(&shop, &admin, &id).await.unwrap();
    assert_eq!(charged(&shop).await, 0);
    assert_eq!(
        shop.order(&placed).await.payment_status.as_str(),
        "refunded"
    );
}

async fn cancelling_gives_back_units_of_a_deleted_product_too(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let lamp = shop.stock(Goods::named("Lamp").price(2000)).await;
    let (_, placed) = shop
        .buy(&[(rope.variant(), 1), (lamp.variant(), 1)], cash())
        .await;
    let id = shop.order(&placed.unwrap()).await.id;
    shop.shop()
        .admin
        .delete_product(&admin, &rope.id)
        .await
        .unwrap();
    cancel(&shop, &admin, &id).await.unwrap();
    assert_eq!(shop.units(lamp.variant()).await, 10);
    assert_eq!(shop.units(rope.variant()).await, 10, "archived as it is");
}

//! Refunds: never more than was paid, units back exactly once, money back exactly once.

use super::order_desk::at_once;
use crate::support::{APPROVES, Goods, Stocked, TestShop, on_both_databases, order, test_card};
use app::{
    error::{ErrorKind, ShopError},
    identity::Account,
    orders::types::{EventKind, Order, OrderStatus, Parcel},
};
use desk::admin::orders::{
    ports::NewRefund,
    types::{RefundRequest, RefundUnits, Restock, ShippingRefund},
};

on_both_databases!(
    some_units_are_refunded_and_the_order_goes_on,
    the_last_unit_ends_the_order,
    a_refund_without_restock_leaves_the_shelf_alone,
    delivery_is_refunded_once,
    the_same_form_sent_twice_is_one_refund,
    of_people_who_refund_at_once_one_does,
    more_than_was_bought_is_refused,
    another_amount_than_was_shown_is_refused,
    what_has_ended_or_was_not_paid_is_not_refunded,
    an_order_refunded_in_part_is_not_cancelled,
);

pub fn some(units: &[(usize, i64)], number: i64, restock: Restock) -> NewRefund {
    NewRefund {
        request: RefundRequest {
            units: RefundUnits::Some(units.to_vec()),
            shipping: ShippingRefund::LeaveOut,
            restock,
            note: String::new(),
        },
        number,
        key: String::new(),
        expected_minor: None,
    }
}

/// Everything that is left, back on the shelf.
pub fn all(number: i64) -> NewRefund {
    let mut new = some(&[], number, Restock::ToStock);
    new.request.units = RefundUnits::Rest;
    new.request.shipping = ShippingRefund::Include;
    new
}

pub async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

pub async fn refund(
    shop: &TestShop,
    actor: &Account,
    order: &Order,
    new: NewRefund,
) -> Result<Order, ShopError> {
    shop.shop().order_desk.refund(actor, &order.id, new).await
}

/// What the card's bank keeps.
pub async fn kept(shop: &TestShop) -> i64 {
    let sql = "SELECT CAST(COALESCE(SUM(amount_minor - refunded_minor), 0) AS BIGINT) AS n \
        FROM test_card_charges WHERE status = 'captured'";
    shop.number(sql).await
}

async fn some_units_are_refunded_and_the_order_goes_on(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let lamp = shop.stock(Goods::named("Lamp").price(250)).await;
    let lines = [(rope.variant(), 3), (lamp.variant(), 2)];
    let bought = shop.bought(&lines, test_card(APPROVES)).await;
    let at = bought
        .lines
        .iter()
        .position(|line| line.title == "Rope")
        .unwrap();
    let quote = shop
        .shop()
        .order_desk
        .quote(&bought.id, &some(&[(at, 2)], 1, Restock::ToStock).request)
        .await
        .unwrap();
    assert_eq!((quote.amount_minor, quote.ends_order), (2000, false));
    assert_eq!(
        kept(&shop).await,
        3500,
        "looking at an amount changes nothing"
    );

    let order = refund(
        &shop,
        &admin,
        &bought,
        some(&[(at, 2)], 1, Restock::ToStock),
    )
    .await
    .unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!((order.refunded_minor, order.lines[at].refunded), (2000, 2));
    assert_eq!(order.payment_status.as_str(), "captured");
    assert_eq!(
        (kept(&shop).await, shop.units(rope.variant()).await),
        (1500, 9)
    );
    assert_eq!(shop.units(lamp.variant()).await, 8);
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &order.id).await.unwrap();
    let order = desk.order(&order.id).await.unwrap();
    assert_eq!(order.refunds[0].status.as_str(), "returned");
    let kinds: Vec<_> = order.events.iter().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [EventKind::Paid, EventKind::Refund, EventKind::Packed]
    );
}

async fn the_last_unit_ends_the_order(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &bought.id).await.unwrap();
    desk.ship(&admin, &bought.id, Parcel::default())
        .await
        .unwrap();
    let one = |number| some(&[(0, 1)], number, Restock::ToStock);
    let order = refund(&shop, &admin, &bought, one(1)).await.unwrap();
    assert_eq!(order.status, OrderStatus::Shipped);
    let order = refund(&shop, &admin, &bought, one(2)).await.unwrap();
    assert_eq!(order.status, OrderStatus::Refunded);
    assert_eq!(order.payment_status.as_str(), "refunded");
    assert_eq!(
        (kept(&shop).await, shop.units(rope.variant()).await),
        (0, 10)
    );
    for number in 1..5 {
        let refused = refund(&shop, &admin, &bought, one(number))
            .await
            .unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Conflict);
    }
    let refused = desk.deliver(&admin, &bought.id).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
}

async fn a_refund_without_restock_leaves_the_shelf_alone(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 3)], test_card(APPROVES))
        .await;
    let lost = some(&[(0, 1)], 1, Restock::Not);
    refund(&shop, &admin, &bought, lost).await.unwrap();
    assert_eq!(shop.units(rope.variant()).await, 7);
    refund(&shop, &admin, &bought, all(2)).await.unwrap();
    assert_eq!(
        (kept(&shop).await, shop.units(rope.variant()).await),
        (0, 9)
    );
    let sold = "SELECT CAST(SUM(sold) AS BIGINT) AS n FROM variants";
    assert_eq!(
        shop.number(sold).await,
        1,
        "what did not come back was sold"
    );
}

async fn delivery_is_refunded_once(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let cart = shop.cart(&[(rope.variant(), 2)]).await;
    let mut form = order(test_card(APPROVES), 2490);
    "standard".clone_into(&mut form.shipping);
    let placed = shop.place(&cart, form).await.unwrap();
    let bought = shop.order(&placed).await;
    let mut delivery = some(&[], 1, Restock::Not);
    delivery.request.shipping = ShippingRefund::Include;
    let order = refund(&shop, &admin, &bought, delivery.clone())
        .await
        .unwrap();
    assert_eq!(
        (order.refunded_minor, order.status),
        (490, OrderStatus::Paid)
    );
    delivery.number = 2;
    let refused = refund(&shop, &admin, &bought, delivery).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid, "nothing is left of it");
    let order = refund(&shop, &admin, &bought, all(2)).await.unwrap();
    assert_eq!((order.refunded_minor, kept(&shop).await), (2490, 0));
}

async fn the_same_form_sent_twice_is_one_refund(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 3)], test_card(APPROVES))
        .await;
    let form = NewRefund {
        key: "a-form-of-its-own".to_owned(),
        ..some(&[(0, 1)], 1, Restock::ToStock)
    };
    let sending: Vec<_> = (0..6)
        .map(|_| {
            let (node, admin, id) = (shop.second_node(), admin.clone(), bought.id.clone());
            let form = form.clone();
            tokio::spawn(async move { node.shop().order_desk.refund(&admin, &id, form).await })
        })
        .collect();
    for sent in sending {
        assert_eq!(sent.await.unwrap().unwrap().refunded_minor, 1000);
    }
    assert_eq!(
        (kept(&shop).await, shop.units(rope.variant()).await),
        (2000, 8)
    );
}

async fn of_people_who_refund_at_once_one_does(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 4)], test_card(APPROVES))
        .await;
    for number in 1..=2 {
        let done = at_once(&shop, 6, |node, n| {
            let (admin, id) = (admin.clone(), bought.id.clone());
            let mut new = some(&[(0, 1)], number, Restock::ToStock);
            new.key = format!("the-form-of-person-{number}-{n}");
            async move { node.shop().order_desk.refund(&admin, &id, new).await }
        })
        .await;
        assert_eq!(done, 1, "refund {number}");
    }
    assert_eq!(
        (kept(&shop).await, shop.units(rope.variant()).await),
        (2000, 8)
    );
}

async fn more_than_was_bought_is_refused(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    for units in [3, -1, i64::MAX, i64::MIN] {
        let new = some(&[(0, units)], 1, Restock::ToStock);
        let refused = refund(&shop, &admin, &bought, new).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "lines[0][units]", "{units}");
    }
    for units in [&[][..], &[(0, 0)], &[(1, 1)], &[(0, 1), (0, 2)]] {
        let new = some(units, 1, Restock::ToStock);
        let refused = refund(&shop, &admin, &bought, new).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid, "{units:?}");
    }
    assert_eq!(
        (kept(&shop).await, shop.units(rope.variant()).await),
        (2000, 8)
    );
}

async fn another_amount_than_was_shown_is_refused(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    let mut new = some(&[(0, 1)], 1, Restock::ToStock);
    new.expected_minor = Some(1);
    let refused = refund(&shop, &admin, &bought, new.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::TotalChanged);
    new.expected_minor = Some(1000);
    refund(&shop, &admin, &bought, new).await.unwrap();
    assert_eq!(kept(&shop).await, 1000);
}

async fn what_has_ended_or_was_not_paid_is_not_refunded(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    shop.shop().orders.cancel(&admin, &bought.id).await.unwrap();
    for number in 1..=2 {
        let refused = refund(&shop, &admin, &bought, all(number))
            .await
            .unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Conflict);
    }
    assert_eq!(
        (kept(&shop).await, shop.units(rope.variant()).await),
        (0, 10)
    );
    let desk = shop.shop().order_desk.order(&bought.id).await.unwrap();
    assert_eq!(desk.refunds.len(), 1, "the cancellation's own");
    assert_eq!(desk.refunds[0].amount_minor, 2000);
}

async fn an_order_refunded_in_part_is_not_cancelled(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    refund(&shop, &admin, &bought, some(&[(0, 1)], 1, Restock::ToStock))
        .await
        .unwrap();
    let refused = shop
        .shop()
        .orders
        .cancel(&admin, &bought.id)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert_eq!(
        (kept(&shop).await, shop.units(rope.variant()).await),
        (1000, 9)
    );
}

//! What the staff does with orders, and that it is done once.

use app::{
    error::{ErrorKind, ShopResult},
    identity::{Account, Role},
    orders::types::{EventKind, OrderStatus, Parcel},
};
use desk::admin::orders::ports::NewNote;

use crate::support::{
    APPROVES, Goods, STAFF, Stocked, TestShop, cash, on_both_databases, test_card,
};

on_both_databases!(
    of_people_who_click_at_once_one_takes_the_step,
    packing_and_cancelling_at_once_is_one_of_them,
    money_due_on_delivery_is_received_once,
    nothing_is_due_of_a_card_or_a_cancelled_order,
    a_cancelled_order_returns_money_that_was_received,
    a_tracking_number_can_be_corrected,
    what_is_too_long_for_a_parcel_is_refused_by_field,
    a_note_is_for_the_staff_alone_and_written_once,
    orders_that_are_not_there_are_not_found,
    mails_are_queued_with_the_step_that_causes_them,
);

pub async fn staff(shop: &TestShop) -> Account {
    shop.account(STAFF, Role::Staff).await
}

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

/// Calls on nodes of their own at the same time; how many succeeded. The others are conflicts.
pub async fn at_once<F, Fut, T>(shop: &TestShop, calls: usize, call: F) -> usize
where
    F: Fn(TestShop, usize) -> Fut,
    Fut: Future<Output = ShopResult<T>> + Send + 'static,
    T: Send + 'static,
{
    let running: Vec<_> = (0..calls)
        .map(|n| tokio::spawn(call(shop.second_node(), n)))
        .collect();
    let mut succeeded = 0;
    for call in running {
        match call.await.unwrap() {
            Ok(_) => succeeded += 1,
            Err(error) => assert_eq!(error.kind, ErrorKind::Conflict, "{error}"),
        }
    }
    succeeded
}

async fn of_people_who_click_at_once_one_takes_the_step(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    for step in ["pack", "ship", "deliver"] {
        let done = at_once(&shop, 6, |node, n| {
            let (admin, id) = (admin.clone(), id.clone());
            async move {
                let desk = &node.shop().order_desk;
                let parcel = Parcel {
                    carrier: String::new(),
                    tracking_number: n.to_string(),
                };
                match step {
                    "pack" => desk.pack(&admin, &id).await,
                    "ship" => desk.ship(&admin, &id, parcel).await,
                    _ => desk.deliver(&admin, &id).await,
                }
            }
        })
        .await;
        assert_eq!(done, 1, "{step}");
    }
    let order = shop.shop().order_desk.order(&id).await.unwrap();
    assert_eq!(order.order.status, OrderStatus::Delivered);
    assert_eq!(order.events.len(), 3);
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_shipped'";
    assert_eq!(shop.number(mails).await, 1);
}

async fn packing_and_cancelling_at_once_is_one_of_them(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    for _ in 0..4 {
        let before = shop.units(rope.variant()).await;
        let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
        let done = at_once(&shop, 4, |node, n| {
            let (admin, id) = (admin.clone(), id.clone());
            async move {
                match n % 2 {
                    0 => node.shop().order_desk.pack(&admin, &id).await,
                    _ => node.shop().orders.cancel(&admin, &id).await,
                }
            }
        })
        .await;
        let order = shop.shop().orders.by_id(&id).await.unwrap();
        let back = match order.status {
            OrderStatus::Packed => 0,
            OrderStatus::Cancelled => 1,
            other => panic!("{other:?}"),
        };
        assert_eq!(done, 1);
        assert_eq!(shop.units(rope.variant()).await, before - 1 + back);
    }
}

async fn money_due_on_delivery_is_received_once(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let id = shop.bought(&[(rope.variant(), 2)], cash()).await.id;
    let done = at_once(&shop, 5, |node, _| {
        let (admin, id) = (admin.clone(), id.clone());
        async move { node.shop().order_desk.receive(&admin, &id).await }
    })
    .await;
    assert_eq!(done, 1);
    let order = shop.shop().order_desk.order(&id).await.unwrap();
    assert_eq!(order.order.payment_status.as_str(), "captured");
    assert_eq!(
        order.order.status,
        OrderStatus::Paid,
        "which is no step of the order's"
    );
    let received: Vec<_> = order.events.iter().map(|event| event.kind).collect();
    assert_eq!(received, [EventKind::Received]);
}

async fn nothing_is_due_of_a_card_or_a_cancelled_order(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let by_card = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    let cancelled = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.shop()
        .orders
        .cancel(&admin, &cancelled.id)
        .await
        .unwrap();
    for order in [by_card, cancelled] {
        let refused = shop.shop().order_desk.receive(&admin, &order.id).await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    }
}

async fn a_cancelled_order_returns_money_that_was_received(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let id = shop.bought(&[(rope.variant(), 2)], cash()).await.id;
    let desk = &shop.shop().order_desk;
    desk.receive(&admin, &id).await.unwrap();
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    let order = desk.order(&id).await.unwrap();
    assert_eq!(
        order.order.payment_status.as_str(),
        "captured",
        "it is still here"
    );
    assert_eq!(order.refunds.len(), 1);
    assert_eq!(
        (
            order.refunds[0].amount_minor,
            order.refunds[0].status.as_str()
        ),
        (2000, "by_hand")
    );
    let order = desk.paid_back(&admin, &id, 1).await.unwrap();
    assert_eq!(order.payment_status.as_str(), "refunded");
}

async fn a_tracking_number_can_be_corrected(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    let desk = &shop.shop().order_desk;
    let parcel = |number: &str| Parcel {
        carrier: "DPD".to_owned(),
        tracking_number: number.to_owned(),
    };
    let early = desk.change_parcel(&admin, &id, parcel("1")).await;
    assert_eq!(early.unwrap_err().kind, ErrorKind::Conflict);
    desk.pack(&admin, &id).await.unwrap();
    desk.ship(&admin, &id, parcel("1")).await.unwrap();
    let order = desk.change_parcel(&admin, &id, parcel("2")).await.unwrap();
    assert_eq!(order.parcel, Some(parcel("2")));
    desk.change_parcel(&admin, &id, parcel("2")).await.unwrap();
    let events = desk.order(&id).await.unwrap().events;
    let changes: Vec<_> = events
        .iter()
        .filter(|event| event.kind == EventKind::Tracking)
        .map(|event| event.text.as_str())
        .collect();
    assert_eq!(changes, ["It was DPD 1."]);
}

async fn what_is_too_long_for_a_parcel_is_refused_by_field(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &id).await.unwrap();
    let parcel = Parcel {
        carrier: "x".repeat(81),
        tracking_number: "1\n2".to_owned(),
    };
    let refused = desk.ship(&admin, &id, parcel).await.unwrap_err();
    let fields: Vec<_> = refused.fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(fields, ["carrier", "tracking_number"]);
    let order = shop.shop().orders.by_id(&id).await.unwrap();
    assert_eq!(order.status, OrderStatus::Packed);
}

async fn a_note_is_for_the_staff_alone_and_written_once(shop: TestShop) {
    let (rope, staff) = (rope(&shop).await, staff(&shop).await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let desk = &shop.shop().order_desk;
    let note = |text: &str, key: &str| NewNote {
        text: text.to_owned(),
        key: key.to_owned(),
    };
    let key = "0123456789abcdef";
    for _ in 0..2 {
        desk.note(&staff, &order.id, note(" Rang: at home after six. ", key))
            .await
            .unwrap();
    }
    desk.note(&staff, &order.id, note("Again", ""))
        .await
        .unwrap();
    for wrong in [
        note("", ""),
        note(" \n", ""),
        note(&"x".repeat(2001), ""),
        note("x", "short"),
    ] {
        let refused = desk.note(&staff, &order.id, wrong).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid);
    }
    let events = desk.order(&order.id).await.unwrap().events;
    let texts: Vec<_> = events.iter().map(|event| event.text.as_str()).collect();
    assert_eq!(texts, ["Rang: at home after six.", "Again"]);
    let shown = shop.shop().orders.by_token(&order.token).await.unwrap();
    assert_eq!(shown.events, []);
}

async fn orders_that_are_not_there_are_not_found(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let desk = &shop.shop().order_desk;
    for id in ["", "x", rope.id.as_str()] {
        let note = NewNote {
            text: "x".to_owned(),
            key: String::new(),
        };
        let all = super::order_refunds::all(1);
        for refused in [
            desk.order(id).await.map(drop),
            desk.pack(&admin, id).await.map(drop),
            desk.ship(&admin, id, Parcel::default()).await.map(drop),
            desk.deliver(&admin, id).await.map(drop),
            desk.change_parcel(&admin, id, Parcel::default())
                .await
                .map(drop),
            desk.receive(&admin, id).await.map(drop),
            desk.quote(id, &all.request).await.map(drop),
            desk.refund(&admin, id, all).await.map(drop),
            desk.note(&admin, id, note).await,
        ] {
            assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound, "{id}");
        }
    }
}

async fn mails_are_queued_with_the_step_that_causes_them(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let desk = &shop.shop().order_desk;
    let queued = |kind: &'static str| {
        let shop = shop.clone();
        async move {
            let sql = format!("SELECT COUNT(*) AS n FROM mails WHERE kind = '{kind}'");
            shop.number(&sql).await
        }
    };
    let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    desk.pack(&admin, &id).await.unwrap();
    assert_eq!(queued("order_shipped").await, 0);
    desk.ship(&admin, &id, Parcel::default()).await.unwrap();
    assert_eq!(queued("order_shipped").await, 1);
    let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    assert_eq!(queued("order_cancelled").await, 1);
    let id = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await
        .id;
    desk.refund(&admin, &id, super::order_refunds::all(1))
        .await
        .unwrap();
    assert_eq!(queued("order_refunded").await, 1);
    // Declined: the shopper was told on the page.
    let declined = shop
        .buy(&[(rope.variant(), 1)], test_card(crate::support::DECLINES))
        .await;
    declined.1.unwrap_err();
    assert_eq!(queued("order_cancelled").await, 1);
}

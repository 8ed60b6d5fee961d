//! Sums of orders by time: whatever becomes of an order, they are what a count from scratch comes to.

mod count;

use app::{
    identity::Account,
    orders::types::{Order, OrderStatus, Parcel},
};
use desk::admin::{
    dashboard::ports::{Figures, Period, Span},
    orders::{
        ports::NewRefund,
        types::{RefundRequest, RefundUnits, Restock, ShippingRefund},
    },
};
use server::orders::{
    check::{MOST_OF_A_RULE, check},
    sums,
};

use super::{
    bank_transfer::{came, set_up, transfer},
    cash::{ask, rope},
};
use crate::support::{
    APPROVES, DAY, DECLINES, Goods, HOUR, TestShop, cash, on_both_databases, test_card,
};
use count::{agree, counted, stored};

on_both_databases!(
    whatever_becomes_of_an_order_the_sums_are_those_of_a_count_from_scratch,
    orders_that_are_placed_while_nodes_add_up_are_counted_once,
    sums_that_are_wrong_are_found_and_set_right,
    the_audit_names_some_of_many_that_break_a_rule,
    an_order_that_is_deleted_leaves_the_sums,
    short_spans_are_forgotten_and_the_others_kept,
);

fn refunded(units: RefundUnits, number: i64) -> NewRefund {
    NewRefund {
        request: RefundRequest {
            units,
            shipping: ShippingRefund::LeaveOut,
            restock: Restock::ToStock,
            note: String::new(),
        },
        number,
        key: String::new(),
        expected_minor: None,
    }
}

async fn sent(shop: &TestShop, admin: &Account, order: &Order) {
    let desk = &shop.shop().order_desk;
    desk.pack(admin, &order.id).await.unwrap();
    agree(shop, "packing").await;
    desk.ship(admin, &order.id, Parcel::default())
        .await
        .unwrap();
    agree(shop, "sending").await;
    desk.deliver(admin, &order.id).await.unwrap();
    agree(shop, "arrival").await;
}

async fn whatever_becomes_of_an_order_the_sums_are_those_of_a_count_from_scratch(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    shop.set_units(&rope, 1000).await;
    let lamp = shop.stock(Goods::named("Lamp").price(250)).await;
    let (desk, orders) = (&shop.shop().order_desk, &shop.shop().orders);
    let both = [(rope.variant(), 3), (lamp.variant(), 1)];

    // Cash on delivery.
    let due = shop.bought(&both, cash()).await;
    agree(&shop, "an order on delivery").await;
    desk.refund(
        &admin,
        &due.id,
        refunded(RefundUnits::Some(vec![(0, 1)]), 1),
    )
    .await
    .unwrap();
    agree(&shop, "taking something off what is due").await;
    sent(&shop, &admin, &due).await;
    desk.receive(&admin, &due.id).await.unwrap();
    agree(&shop, "cash").await;
    desk.refund(
        &admin,
        &due.id,
        refunded(RefundUnits::Some(vec![(0, 1)]), 2),
    )
    .await
    .unwrap();
    agree(&shop, "a refund in cash").await;
    desk.paid_back(&admin, &due.id, 2).await.unwrap();
    agree(&shop, "paying it back").await;
    let cancelled = shop.bought(&both, cash()).await;
    orders.cancel(&admin, &cancelled.id).await.unwrap();
    agree(&shop, "cancelling an order on delivery").await;
    let given_back = shop.bought(&both, cash()).await;
    desk.refund(&admin, &given_back.id, refunded(RefundUnits::Rest, 1))
        .await
        .unwrap();
    agree(&shop, "refunding all of what nobody paid").await;

    // Cards.
    let paid = shop.bought(&both, test_card(APPROVES)).await;
    agree(&shop, "a card").await;
    shop.buy(&both, test_card(DECLINES)).await.1.unwrap_err();
    agree(&shop, "a card that is declined").await;
    sent(&shop, &admin, &paid).await;
    desk.refund(
        &admin,
        &paid.id,
        refunded(RefundUnits::Some(vec![(0, 1)]), 1),
    )
    .await
    .unwrap();
    agree(&shop, "a refund to a card").await;
    desk.refund(&admin, &paid.id, refunded(RefundUnits::Rest, 2))
        .await
        .unwrap();
    agree(&shop, "the last refund").await;
    let cancelled = shop.bought(&both, test_card(APPROVES)).await;
    orders.cancel(&admin, &cancelled.id).await.unwrap();
    agree(&shop, "cancelling what was paid").await;

    // Bank transfers.
    let transfers = &shop.shop().transfers;
    let awaited = shop.bought(&both, transfer()).await;
    agree(&shop, "an order by transfer").await;
    transfers
        .record(&admin, &awaited.id, came("10.00", ""))
        .await
        .unwrap();
    agree(&shop, "a part of its money").await;
    transfers
        .record(&admin, &awaited.id, came("50.00", ""))
        .await
        .unwrap();
    agree(&shop, "more than all of it").await;
    let cancelled = shop.bought(&both, transfer()).await;
    orders.cancel(&admin, &cancelled.id).await.unwrap();
    agree(&shop, "cancelling what waits for its money").await;
    shop.bought(&both, transfer()).await;
    shop.clock.advance(30 * DAY);
    shop.services.run_maintenance().await;
    agree(&shop, "waiting in vain for money").await;

    // Orders that are to be confirmed.
    ask(&shop).await;
    let wanted = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(wanted.status, OrderStatus::AwaitingConfirmation);
    agree(&shop, "an order that is to be confirmed").await;
    desk.confirm(&admin, &wanted.id).await.unwrap();
    agree(&shop, "confirming it").await;
    let unwanted = shop.bought(&[(rope.variant(), 1)], cash()).await;
    orders.cancel(&admin, &unwanted.id).await.unwrap();
    agree(&shop, "cancelling what nobody confirmed").await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.advance(HOUR);
    shop.services.run_maintenance().await;
    agree(&shop, "waiting in vain for a confirmation").await;
    assert!(!stored(&shop).await[1].is_empty());
}

async fn orders_that_are_placed_while_nodes_add_up_are_counted_once(shop: TestShop) {
    let rope = rope(&shop).await;
    shop.set_units(&rope, 1000).await;
    let buying: Vec<_> = (0..4)
        .map(|_| {
            let (node, variant) = (shop.second_node(), rope.variant().to_owned());
            tokio::spawn(async move {
                for _ in 0..6 {
                    node.bought(&[(&variant, 1)], test_card(APPROVES)).await;
                }
            })
        })
        .collect();
    let adding: Vec<_> = (0..3)
        .map(|_| {
            let node = shop.second_node();
            tokio::spawn(async move {
                for _ in 0..20 {
                    sums::add_up(node.db(), node.now()).await.unwrap();
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for task in buying.into_iter().chain(adding) {
        task.await.unwrap();
    }
    agree(&shop, "24 orders").await;
    let figures = today(&shop).await;
    assert_eq!((figures.total().orders, figures.total().units), (24, 24));
    assert_eq!(figures.top[0].units, 24);
}

async fn today(shop: &TestShop) -> Figures {
    let figures = shop
        .shop()
        .dashboard
        .figures(Period::Last(Span::Today))
        .await;
    figures.unwrap()
}

/// Of a rule that all is against, nobody reads millions of lines.
async fn the_audit_names_some_of_many_that_break_a_rule(shop: TestShop) {
    let rope = rope(&shop).await;
    for n in 0..150 {
        let wrong = format!(
            "INSERT INTO order_sums (span, begins, currency, standing, orders, units, gross_minor, received_minor, \
             to_collect_minor, refunds, refunded_minor) VALUES (900000, {}, 'EUR', 1, 1, 1, 1, 1, 0, 0, 0)",
            n * 900_000
        );
        shop.execute(&wrong).await;
    }
    let sold = |units: i64| {
        format!(
            "UPDATE variants SET sold = {units} WHERE id = '{}'",
            rope.variant()
        )
    };
    shop.execute(&sold(1)).await;
    let found = check(shop.db()).await.unwrap();
    let of = |word: &str| {
        found
            .iter()
            .filter(|found| found.rule.contains(word))
            .count()
    };
    assert_eq!(of("sums by time"), MOST_OF_A_RULE, "{found:?}");
    assert_eq!(of("sold units"), 1, "{found:?}");
    assert_eq!(sums::correct(shop.db(), shop.now()).await.unwrap(), 150);
    shop.execute(&sold(0)).await;
}

async fn sums_that_are_wrong_are_found_and_set_right(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 2)], cash()).await;
    assert_eq!(sums::correct(shop.db(), shop.now()).await.unwrap(), 0);
    sums::add_up(shop.db(), shop.now()).await.unwrap();
    let right = stored(&shop).await;
    shop.execute("UPDATE order_sums SET gross_minor = gross_minor + 1 WHERE span = 900000")
        .await;
    shop.execute("DELETE FROM variant_sums WHERE span = 86400000")
        .await;
    // What is not added up yet is part of the sums.
    shop.shop()
        .order_desk
        .receive(&admin, &order.id)
        .await
        .unwrap();
    let found = check(shop.db()).await.unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found
            .iter()
            .all(|finding| finding.rule.contains("correct-sums"))
    );
    assert_eq!(sums::correct(shop.db(), shop.now()).await.unwrap(), 2);
    agree(&shop, "correcting").await;
    assert_eq!(stored(&shop).await[1], right[1]);
    assert_eq!(today(&shop).await.received_minor, 2000);
    let live = shop.shop().dashboard.live().await.unwrap();
    assert_eq!(live.variants[0].sold, 2);
}

async fn an_order_that_is_deleted_leaves_the_sums(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let order = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    let half = refunded(RefundUnits::Rest, 1);
    shop.shop()
        .order_desk
        .refund(&admin, &order.id, half)
        .await
        .unwrap();
    shop.execute(&format!(
        "DELETE FROM stock_entries WHERE order_id = '{}'",
        order.id
    ))
    .await;
    shop.execute(&format!("DELETE FROM orders WHERE id = '{}'", order.id))
        .await;
    assert_eq!(stored(&shop).await, counted(&shop).await);
    let figures = today(&shop).await;
    assert_eq!((figures.total().units, figures.total().refunds), (2, 0));
}

async fn short_spans_are_forgotten_and_the_others_kept(shop: TestShop) {
    let rope = rope(&shop).await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    sums::add_up(shop.db(), shop.now()).await.unwrap();
    let short = "SELECT (SELECT COUNT(*) FROM order_sums WHERE span = 1000) \
                 + (SELECT COUNT(*) FROM variant_sums WHERE span = 60000) AS n";
    assert_eq!(shop.number(short).await, 2);
    shop.clock.advance(3 * HOUR);
    shop.bought(&[(rope.variant(), 3)], cash()).await;
    sums::add_up(shop.db(), shop.now()).await.unwrap();
    assert_eq!(shop.number(short).await, 2);
    let live = shop.shop().dashboard.live().await.unwrap();
    assert_eq!((live.orders_last_minute, live.variants[0].sold), (1, 3));
    assert_eq!(today(&shop).await.total().units, 5);
}

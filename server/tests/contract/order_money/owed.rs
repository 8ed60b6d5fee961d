//! Money that the shop owes to customers.

use app::{
    error::ErrorKind,
    identity::Account,
    orders::{
        ports::{MoneyFilter, OrderFilter},
        types::{EventKind, Order},
    },
};
use desk::admin::orders::types::Restock;
use server::{
    db::Sql,
    ids::new_id,
    orders::refund::{RefundOutcome, Refunding, make},
    payment::{PaymentProvider, TestCard},
};

use super::super::{
    order_desk::at_once,
    order_refunds::{all, kept, refund, rope, some},
};
use crate::support::{APPROVES, DAY, TestShop, cash, on_both_databases, test_card};

on_both_databases!(
    money_that_is_owed_is_paid_back_later_and_once,
    money_is_paid_back_by_hand_once,
    money_that_is_owed_is_not_forgotten_or_called_refunded,
    a_refund_that_fails_lets_others_go_first,
);

/// A node writes the refund down and goes away before it asks the provider.
async fn money_that_is_owed_is_paid_back_later_and_once(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    let new = all(1);
    let refunding = Refunding {
        order_id: &bought.id,
        actor: &admin.email,
        number: 1,
        form_key: None,
        request: &new.request,
        expected_minor: None,
    };
    let made = make(shop.db(), shop.now(), refunding).await.unwrap();
    let RefundOutcome::New(refund_id) = made else {
        panic!("{made:?}")
    };
    assert_eq!(kept(&shop).await, 2000);
    let tidying: Vec<_> = (0..4)
        .map(|_| {
            let node = shop.second_node();
            tokio::spawn(async move { node.services.run_maintenance().await })
        })
        .collect();
    for tidied in tidying {
        tidied.await.unwrap();
    }
    shop.services.run_maintenance().await;
    assert_eq!(kept(&shop).await, 0);
    let card = TestCard::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.brakes.clone(),
    );
    card.refund(&bought.id, &refund_id, 2000).await.unwrap();
    assert_eq!(kept(&shop).await, 0, "a repeated call pays back once");
    let order = shop.shop().order_desk.order(&bought.id).await.unwrap();
    assert_eq!(order.refunds[0].status.as_str(), "returned");
    assert_eq!(order.order.payment_status.as_str(), "refunded");
}

async fn to_return(shop: &TestShop) -> Vec<(String, i64)> {
    let filter = OrderFilter {
        money: Some(MoneyFilter::ToReturn),
        ..OrderFilter::default()
    };
    let found = shop.shop().orders.list(&filter).await.unwrap();
    assert_eq!(found.found.count, found.rows.len() as i64);
    let rows = found.rows.into_iter();
    rows.map(|row| (row.id, row.owed_minor)).collect()
}

async fn money_is_paid_back_by_hand_once(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let (desk, post) = (&shop.shop().order_desk, shop.post());
    let bought = shop.bought(&[(rope.variant(), 3)], cash()).await;
    desk.receive(&admin, &bought.id).await.unwrap();
    post.deliver().await;
    let one = |number| some(&[(0, 1)], number, Restock::ToStock);
    refund(&shop, &admin, &bought, one(1)).await.unwrap();
    let mail = post.the_mail().await.body();
    assert!(mail.contains("We owe you €10.00"), "{mail}");
    assert!(!mail.contains("your original payment method"), "{mail}");
    refund(&shop, &admin, &bought, one(2)).await.unwrap();
    post.deliver().await;
    assert_eq!(to_return(&shop).await, [(bought.id.clone(), 2000)]);

    let done = at_once(&shop, 6, |node, _| {
        let (admin, id) = (admin.clone(), bought.id.clone());
        async move { node.shop().order_desk.paid_back(&admin, &id, 1).await }
    })
    .await;
    assert_eq!(done, 1);
    assert_eq!(to_return(&shop).await, [(bought.id.clone(), 1000)]);
    let mail = post.the_mail().await.body();
    assert!(mail.contains("We’ve paid €10.00 back to you"), "{mail}");
    let order = desk.order(&bought.id).await.unwrap();
    let states: Vec<_> = order
        .refunds
        .iter()
        .map(|refund| refund.status.as_str())
        .collect();
    assert_eq!(states, ["paid_back", "by_hand"]);
    let events: Vec<_> = order
        .events
        .iter()
        .filter(|event| event.kind == EventKind::PaidBack)
        .map(|event| (event.actor.as_deref(), event.amount_minor))
        .collect();
    assert_eq!(events, [(Some(admin.email.as_str()), Some(1000))]);
    let trail = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.pay_back'";
    assert_eq!(shop.number(trail).await, 1);

    let card = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    refund(&shop, &admin, &card, all(1)).await.unwrap();
    for (id, number) in [
        (&card.id, 1),
        (&bought.id, 1),
        (&bought.id, 3),
        (&bought.id, -1),
    ] {
        let refused = desk.paid_back(&admin, id, number).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Conflict, "{id} {number}");
    }
    let unknown = desk.paid_back(&admin, &new_id(), 1).await.unwrap_err();
    assert_eq!(unknown.kind, ErrorKind::NotFound);
}

/// Writes a refund down as a node does that goes away before it asks the provider.
async fn only_owed(shop: &TestShop, admin: &Account, bought: &Order) {
    let new = all(1);
    let refunding = Refunding {
        order_id: &bought.id,
        actor: &admin.email,
        number: 1,
        form_key: None,
        request: &new.request,
        expected_minor: None,
    };
    make(shop.db(), shop.now(), refunding).await.unwrap();
}

async fn money_that_is_owed_is_not_forgotten_or_called_refunded(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let post = shop.post();
    let lines = [(rope.variant(), 1)];
    let bought = shop.bought(&lines, test_card(APPROVES)).await;
    post.deliver().await;
    only_owed(&shop, &admin, &bought).await;
    assert!(post.deliver().await.is_empty(), "nothing has gone back yet");
    assert_eq!(to_return(&shop).await, [(bought.id.clone(), 1000)]);
    shop.clock.advance(40 * DAY);
    shop.services.run_maintenance().await;
    assert_eq!(kept(&shop).await, 0);
    let mail = post.the_mail().await.body();
    assert!(
        mail.contains("We’ve refunded €10.00 to your original payment method"),
        "{mail}"
    );
    assert_eq!(to_return(&shop).await, []);
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty(), "once");
}

async fn a_refund_that_fails_lets_others_go_first(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let lines = [(rope.variant(), 1)];
    let broken = shop.bought(&lines, test_card(APPROVES)).await;
    let mut tx = shop.db().begin().await.unwrap();
    // The shop has no such provider any more.
    for change in [
        "UPDATE orders SET payment_method = 'gone'",
        "UPDATE payment_attempts SET provider = 'gone'",
    ] {
        Sql::new(change).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    only_owed(&shop, &admin, &broken).await;
    shop.clock.advance(1);
    let fine = shop.bought(&lines, test_card(APPROVES)).await;
    only_owed(&shop, &admin, &fine).await;
    shop.services.run_maintenance().await;
    assert_eq!(to_return(&shop).await, [(broken.id.clone(), 1000)]);
    let first = "SELECT tried_at AS n FROM refunds WHERE status = 'owed'";
    assert_eq!(shop.number(first).await, shop.now());
}

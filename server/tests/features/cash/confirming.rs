//! An order waits with its units until its customer has pressed the button that the mail leads to.

use app::{
    error::ErrorKind,
    orders::{
        payment::PaymentStatus,
        types::{CancelReason, Confirmation, EventKind, OrderStatus},
    },
};
use server::{
    ids::new_order_token,
    orders::{cancel::Cancellations, confirm},
};

use super::{ask, rope, waiting};
use crate::support::{Kind, MINUTE, TestShop, cash, on_both_databases, order, run};

on_both_databases!(
    an_order_waits_with_its_units_until_it_is_confirmed,
    pressing_again_has_no_further_effect,
    what_nobody_confirms_lapses_once_and_gives_its_units_back,
    after_its_time_an_order_is_not_confirmed_whoever_was_quicker,
    pressing_and_the_end_of_the_time_never_both_count,
    every_link_that_was_mailed_confirms_until_one_has,
    a_link_is_good_for_its_own_order_alone,
    a_mail_that_comes_too_late_is_not_sent,
    an_order_that_waits_can_be_cancelled,
    money_of_an_order_that_waits_cannot_have_come,
    staff_confirms_in_the_customers_place,
);

async fn settle(shop: &TestShop) -> usize {
    shop.services.checkout.settle_overdue().await.unwrap()
}

/// What is over at this time, ended by this node. Returns how many orders that were.
async fn lapse(node: &TestShop, until: i64) -> usize {
    let cancellations = Cancellations::new(node.db().clone(), node.clock.clone());
    let lapsed = confirm::lapse(node.db(), &cancellations, until).await;
    lapsed.unwrap()
}

async fn an_order_waits_with_its_units_until_it_is_confirmed(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let placed = shop.buy(&[(rope.variant(), 2)], cash()).await.1.unwrap();
    assert_eq!(placed.status, OrderStatus::AwaitingConfirmation);
    let order = shop.order(&placed).await;
    assert_eq!(order.confirm_by, Some(shop.now() + 30 * MINUTE));
    assert_eq!(order.payment_status, PaymentStatus::Due);
    assert_eq!(shop.units(rope.variant()).await, 8);

    let mail = post.the_mail().await;
    assert!(
        mail.subject.starts_with("Confirm your order"),
        "{}",
        mail.subject
    );
    let token = mail.link("/orders/confirm/");
    let stored = format!("SELECT COUNT(*) AS n FROM orders WHERE confirm_hash = '{token}'");
    assert_eq!(shop.number(&stored).await, 0, "only its hash is kept");

    let orders = &shop.shop().orders;
    let (seen, state) = orders.to_confirm(&token).await.unwrap();
    assert_eq!(
        (seen.id.as_str(), state),
        (order.id.as_str(), Confirmation::Awaited)
    );
    assert_eq!(
        shop.order(&placed).await.status,
        OrderStatus::AwaitingConfirmation
    );

    let confirmed = orders.confirm(&token).await.unwrap();
    assert_eq!(confirmed.status, OrderStatus::Paid);
    assert_eq!(confirmed.payment_status, PaymentStatus::Due);
    let happened: Vec<_> = confirmed.events.iter().map(|event| event.kind).collect();
    assert_eq!(happened, [EventKind::Paid]);
    let mail = post.the_mail().await;
    assert!(mail.subject.starts_with("Thank you"), "{}", mail.subject);
    shop.clock.advance(31 * MINUTE);
    assert_eq!(settle(&shop).await, 0);
    assert_eq!(shop.units(rope.variant()).await, 8);
}

async fn pressing_again_has_no_further_effect(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (_, token) = waiting(&shop, &post, &rope).await;
    let orders = &shop.shop().orders;
    let (one, other) = tokio::join!(orders.confirm(&token), orders.confirm(&token));
    assert_eq!(one.unwrap().status, OrderStatus::Paid);
    assert_eq!(other.unwrap().status, OrderStatus::Paid);
    // Also long after.
    shop.clock.advance(60 * MINUTE);
    assert_eq!(
        orders.confirm(&token).await.unwrap().status,
        OrderStatus::Paid
    );
    assert_eq!(post.deliver().await.len(), 1);
    let events = "SELECT COUNT(*) AS n FROM order_events";
    assert_eq!(shop.number(events).await, 1);
}

async fn what_nobody_confirms_lapses_once_and_gives_its_units_back(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (order, token) = waiting(&shop, &post, &rope).await;
    shop.clock.advance(30 * MINUTE - 1);
    assert_eq!(settle(&shop).await, 0);
    assert_eq!(shop.units(rope.variant()).await, 9);
    shop.clock.advance(1);
    let second = shop.second_node();
    let now = shop.now();
    let (one, other) = tokio::join!(lapse(&shop, now), lapse(&second, now));
    assert_eq!(one + other, 1);
    assert_eq!(settle(&shop).await, 0);
    assert_eq!(shop.units(rope.variant()).await, 10);
    let orders = &shop.shop().orders;
    let lapsed = orders.by_id(&order.id).await.unwrap();
    assert_eq!(lapsed.status, OrderStatus::Cancelled);
    assert_eq!(lapsed.cancel_reason, Some(CancelReason::Unconfirmed));
    assert_eq!(lapsed.payment_status, PaymentStatus::Voided);
    let mail = post.the_mail().await;
    assert!(
        mail.subject.ends_with("has lapsed – Holdfast"),
        "{}",
        mail.subject
    );

    let late = orders.confirm(&token).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict);
    let (_, state) = orders.to_confirm(&token).await.unwrap();
    assert_eq!(state, Confirmation::Lapsed);
    assert_eq!(shop.units(rope.variant()).await, 10);
}

/// A crowd of them would keep the rows of a product that everybody wants for as many flushes. In one thread all are
/// asked for before any is ended.
#[tokio::test]
async fn what_nobody_confirms_is_ended_in_one_transaction() {
    run(Kind::Postgres, |shop: TestShop| async move {
        ask(&shop).await;
        let rope = rope(&shop).await;
        for buyer in 1..=8 {
            let cart = shop.cart(&[(rope.variant(), 1)]).await;
            let mut order = order(cash(), 1000);
            order.contact.email = format!("buyer-{buyer}@example.com");
            order.contact.address_line1 = format!("Quay {buyer}");
            let placed = shop.place(&cart, order).await.unwrap();
            assert_eq!(placed.status, OrderStatus::AwaitingConfirmation);
        }
        assert_eq!(shop.units(rope.variant()).await, 2);
        shop.clock.advance(30 * MINUTE);

        assert_eq!(lapse(&shop, shop.now()).await, 8);

        assert_eq!(shop.units(rope.variant()).await, 10);
        let written_by = "SELECT COUNT(DISTINCT CAST(xmin AS TEXT)) AS n FROM orders \
             WHERE cancel_reason = 'not_confirmed'";
        assert_eq!(shop.number(written_by).await, 1);
        let told = "SELECT COUNT(DISTINCT order_id) AS n FROM mails WHERE kind = 'order_cancelled'";
        assert_eq!(shop.number(told).await, 8);
    })
    .await;
}

async fn after_its_time_an_order_is_not_confirmed_whoever_was_quicker(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (order, token) = waiting(&shop, &post, &rope).await;
    // No node has looked yet.
    shop.clock.advance(30 * MINUTE);
    let orders = &shop.shop().orders;
    let (_, state) = orders.to_confirm(&token).await.unwrap();
    assert_eq!(state, Confirmation::Lapsed);
    assert_eq!(
        orders.confirm(&token).await.unwrap_err().kind,
        ErrorKind::Conflict
    );
    let status = orders.by_id(&order.id).await.unwrap().status;
    assert_eq!(status, OrderStatus::AwaitingConfirmation);
    assert_eq!(settle(&shop).await, 1);
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn pressing_and_the_end_of_the_time_never_both_count(shop: TestShop) {
    ask(&shop).await;
    let (rope, second) = (rope(&shop).await, shop.second_node());
    for _ in 0..10 {
        let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
        let until = order.confirm_by.unwrap();
        // Clocks of nodes differ: one is late, the other is not.
        let (pressed, lapsed) = tokio::join!(
            confirm::confirm(shop.db(), until - 1, &order.id),
            lapse(&second, until),
        );
        let order = shop.shop().orders.by_id(&order.id).await.unwrap();
        match (pressed.unwrap(), lapsed) {
            (true, 0) => assert_eq!(order.status, OrderStatus::Paid),
            (false, 1) => assert_eq!(order.status, OrderStatus::Cancelled),
            both => panic!("{both:?}"),
        }
    }
    let held = "SELECT COUNT(*) AS n FROM orders WHERE status = 'paid'";
    let held = shop.number(held).await;
    assert_eq!(shop.units(rope.variant()).await, 10 - held);
}

async fn every_link_that_was_mailed_confirms_until_one_has(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (order, first) = waiting(&shop, &post, &rope).await;
    let again = async || {
        let token = confirm::issue(shop.db(), shop.now(), &order.id)
            .await
            .unwrap();
        token.expect("the order waits")
    };
    let orders = &shop.shop().orders;
    let state = async |token: &str| orders.to_confirm(token).await.map(|(_, state)| state);
    let second = again().await;
    for token in [&first, &second] {
        assert_eq!(state(token).await.unwrap(), Confirmation::Awaited);
    }
    // As often as it is sent, there is an end to what is kept.
    let mut newest = second.clone();
    for _ in 0..7 {
        newest = again().await;
    }
    let length = "SELECT LENGTH(confirm_hash) AS n FROM orders";
    assert_eq!(shop.number(length).await, 8 * 65 - 1);
    assert_eq!(state(&first).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(
        orders.confirm(&second).await.unwrap().status,
        OrderStatus::Paid
    );
    assert_eq!(state(&newest).await.unwrap(), Confirmation::Confirmed);
    assert_eq!(
        confirm::issue(shop.db(), shop.now(), &order.id)
            .await
            .unwrap(),
        None
    );
}

async fn a_link_is_good_for_its_own_order_alone(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (first, _) = waiting(&shop, &post, &rope).await;
    let (second, _) = waiting(&shop, &post, &rope).await;
    let orders = &shop.shop().orders;
    // One that begins as the real one, the way to the order itself, and what is no token.
    let guessed = new_order_token(&first.id);
    for token in [guessed.as_str(), first.token.as_str(), "", "x", &second.id] {
        assert_eq!(
            orders.confirm(token).await.unwrap_err().kind,
            ErrorKind::NotFound
        );
        let seen = orders.to_confirm(token).await;
        assert_eq!(seen.unwrap_err().kind, ErrorKind::NotFound);
    }
    let waiting = "SELECT COUNT(*) AS n FROM orders WHERE status = 'awaiting_confirmation'";
    assert_eq!(shop.number(waiting).await, 2);
}

async fn a_mail_that_comes_too_late_is_not_sent(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    post.set_down(true);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert!(post.deliver().await.is_empty());
    post.set_down(false);
    shop.clock.advance(30 * MINUTE);
    assert_eq!(settle(&shop).await, 1);
    let mails = post.deliver().await;
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(subjects.len(), 1, "{subjects:?}");
    assert!(
        subjects[0].ends_with("has lapsed – Holdfast"),
        "{subjects:?}"
    );
}

async fn an_order_that_waits_can_be_cancelled(shop: TestShop) {
    ask(&shop).await;
    let (rope, post, admin) = (rope(&shop).await, shop.post(), shop.admin().await);
    let (order, token) = waiting(&shop, &post, &rope).await;
    let orders = &shop.shop().orders;
    let cancelled = orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(cancelled.cancel_reason, Some(CancelReason::Staff));
    assert_eq!(shop.units(rope.variant()).await, 10);
    assert_eq!(
        orders.confirm(&token).await.unwrap_err().kind,
        ErrorKind::Conflict
    );
    let (_, state) = orders.to_confirm(&token).await.unwrap();
    assert_eq!(state, Confirmation::Cancelled);
    shop.clock.advance(30 * MINUTE);
    assert_eq!(settle(&shop).await, 0);
}

async fn money_of_an_order_that_waits_cannot_have_come(shop: TestShop) {
    ask(&shop).await;
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let desk = &shop.shop().order_desk;
    let received = desk.receive(&admin, &order.id).await.unwrap_err();
    assert_eq!(received.kind, ErrorKind::Conflict);
    let packed = desk.pack(&admin, &order.id).await.unwrap_err();
    assert_eq!(packed.kind, ErrorKind::Conflict);
}

async fn staff_confirms_in_the_customers_place(shop: TestShop) {
    ask(&shop).await;
    let (rope, post, admin) = (rope(&shop).await, shop.post(), shop.admin().await);
    let (order, token) = waiting(&shop, &post, &rope).await;
    let desk = &shop.shop().order_desk;
    let confirmed = desk.confirm(&admin, &order.id).await.unwrap();
    assert_eq!(confirmed.status, OrderStatus::Paid);
    assert!(post.the_mail().await.subject.starts_with("Thank you"));
    let again = desk.confirm(&admin, &order.id).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict);
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.confirm'";
    assert_eq!(shop.number(noted).await, 1);
    // The customer may still press.
    let pressed = shop.shop().orders.confirm(&token).await.unwrap();
    assert_eq!(pressed.status, OrderStatus::Paid);
    assert!(post.deliver().await.is_empty());
}

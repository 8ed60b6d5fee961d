//! A provider that takes a request and does not answer: people wait only so long, and what was begun goes on.

use std::time::Duration;

use app::{
    error::ErrorKind,
    orders::{payment::RefundStatus, types::OrderStatus},
};

use super::{AUDITED, KEY, SetAside};
use crate::{
    hosted_payments::{
        books, client, opened, paid_on,
        provider::{Provider, SECRET_KEY, cards},
        refunds::{paid_with, rest},
        stripe,
    },
    support::{MINUTE, TestShop, on_both_databases},
};

on_both_databases!(
    a_shopper_waits_for_a_provider_that_hangs_only_so_long,
    staff_waits_for_a_provider_that_hangs_only_so_long,
    a_refund_that_hangs_is_made_and_sent_once,
);

/// The same shop for people who wait for two seconds.
fn hasty(shop: &TestShop, provider: &Provider) -> TestShop {
    let asks = client(provider, SECRET_KEY, Duration::from_secs(2));
    shop.paid_through(vec![asks])
}

async fn a_shopper_waits_for_a_provider_that_hangs_only_so_long(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let _held = provider.hold("POST /v1/checkout/sessions");
    let (_, placed) = hasty(&shop, &provider)
        .buy(&[(rope.variant(), 2)], stripe())
        .await;
    let placed = placed.expect("the order stands");
    assert_eq!(placed.status, OrderStatus::PendingPayment);
    assert_eq!((&placed.pay_at, placed.pay_after), (&None, Some(60)));
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    let page = again.pay_at.expect("there is a page to pay on");
    let sessions = provider.asked().into_iter();
    let keys: Vec<_> = sessions
        .filter(|asked| asked.what == "POST /v1/checkout/sessions")
        .map(|asked| asked.key)
        .collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1], "it is the page that was begun");
    paid_on(&provider, &page).await;
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

async fn staff_waits_for_a_provider_that_hangs_only_so_long(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let hasty = hasty(&of.shop, &of.provider);
    let asked = async || {
        let desk = &hasty.shop().order_desk;
        let asked = desk.capture_payment(&of.admin, &of.id, KEY).await;
        asked.unwrap_err().kind
    };
    let _held = of.provider.hold(&of.look());
    assert_eq!(asked().await, ErrorKind::PaymentAway);
    of.assert_unchanged().await;
    let _held = of.provider.hold(&of.step("capture"));
    assert_eq!(asked().await, ErrorKind::PaymentUnclear);
    of.shop.clock.advance(2 * MINUTE);
    of.shop.services.checkout.settle_overdue().await.unwrap();
    let order = of.shop.shop().orders.by_id(&of.id).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&of.provider), (2000, 0, 0));
    assert_eq!(of.shop.number(AUDITED).await, 1);
}

async fn a_refund_that_hangs_is_made_and_sent_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let paid = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let (id, desk) = (paid.order.id, &shop.shop().order_desk);
    let _held = provider.hold("POST /v1/refunds");
    let hasty = hasty(&shop, &provider);
    let made = hasty.shop().order_desk.refund(&admin, &id, rest(1)).await;
    assert_eq!(made.unwrap().status, OrderStatus::Refunded);
    let made = desk.order(&id).await.unwrap();
    assert_eq!(made.refunds[0].status, RefundStatus::Owed);
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let sent = desk.order(&id).await.unwrap();
    assert_eq!(sent.refunds[0].status, RefundStatus::Returned);
    assert_eq!(books(&provider), (2000, 2000, 0));
}

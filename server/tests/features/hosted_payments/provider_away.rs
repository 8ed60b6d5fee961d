//! A provider that is down or does not answer: orders wait, and no more is asked than makes sense.

use std::{collections::BTreeSet, time::Duration};

use app::orders::{payment::PaymentStatus, types::OrderStatus};

use super::{books, opened, paid_on, placed, provider::Service, status, stripe};
use crate::support::{MINUTE, TestShop, on_both_databases};

on_both_databases!(
    an_order_waits_while_the_provider_is_down,
    a_provider_that_does_not_answer_is_asked_three_times_in_a_run,
    payments_that_banks_are_at_keep_no_other_order_from_its_end,
    a_page_that_could_not_be_begun_is_begun_later,
);

async fn an_order_waits_while_the_provider_is_down(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    provider.set_service(Service::Down);
    let (_, placed) = shop.buy(&[(rope.variant(), 2)], stripe()).await;
    let placed = placed.expect("the order is placed");
    assert_eq!(placed.pay_at, None);
    assert!(shop.order(&placed).await.waits_for_payer);
    provider.set_service(Service::Up);
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    let page = again.pay_at.expect("there is a page now");
    paid_on(&provider, &page).await;
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

async fn a_provider_that_does_not_answer_is_asked_three_times_in_a_run(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    for _ in 0..5 {
        placed(&shop, &rope).await;
    }
    provider.set_service(Service::Down);
    shop.clock.advance(61 * MINUTE);
    let before = provider.asked().len();
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 0);
    let asked = provider.asked().split_off(before);
    let about: BTreeSet<String> = asked.into_iter().map(|request| request.what).collect();
    assert_eq!(
        about.len(),
        3,
        "the others wait for the next run: {about:?}"
    );
    provider.set_service(Service::Up);
    provider.advance(Duration::from_secs(61 * 60));
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 5);
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn payments_that_banks_are_at_keep_no_other_order_from_its_end(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    for _ in 0..3 {
        let (placed, page) = placed(&shop, &rope).await;
        provider.leave_processing(&page);
        let id = shop.order(&placed).await.id;
        shop.shop().orders.cancel(&admin, &id).await.unwrap();
        let waits = (OrderStatus::Cancelled, PaymentStatus::Pending);
        assert_eq!(status(&shop, &placed).await, waits);
    }
    for _ in 0..2 {
        placed(&shop, &rope).await;
    }
    shop.clock.advance(31 * MINUTE);
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 2);
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn a_page_that_could_not_be_begun_is_begun_later(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    provider.set_service(Service::Down);
    let (_, placed) = shop.buy(&[(rope.variant(), 2)], stripe()).await;
    let placed = placed.expect("the order is placed");
    provider.set_service(Service::Up);
    // A page is open for half an hour from now at least, and the first was to end 35 minutes after the order.
    for _ in 0..6 {
        shop.clock.advance(MINUTE);
        provider.advance(Duration::from_secs(60));
    }
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    let page = again.pay_at.expect("there is a page now");
    paid_on(&provider, &page).await;
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

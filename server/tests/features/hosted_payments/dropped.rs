//! Drops that end, or go on, while someone pays at the provider's page.

use super::{books, opened, paid_on, placed, status};
use crate::{
    drops::{Line, Times, planned, remaining},
    support::{MINUTE, Stocked, TestShop, on_both_databases},
};
use app::orders::{payment::PaymentStatus, types::OrderStatus};

on_both_databases!(
    who_ordered_in_time_keeps_the_units_and_the_price_though_the_drop_is_over,
    what_nobody_pays_for_goes_back_to_a_drop_that_goes_on,
    what_nobody_pays_for_of_a_drop_that_is_over_goes_to_the_shelf,
);

/// A drop of five of ten units, at €8 instead of €10, which lasts so many minutes: its id, and when it starts.
async fn dropped(shop: &TestShop, rope: &Stocked, minutes: i64) -> (String, i64) {
    let actor = shop.admin().await;
    let opens = shop.now() - shop.now() % MINUTE + 10 * MINUTE;
    let times = Times {
        reveal: None,
        opens,
        closes: Some(opens + minutes * MINUTE),
    };
    let line = Line {
        variant: rope.variant(),
        price: "8",
        units: 5,
        limit: "",
    };
    let saved = planned(shop, &actor, "Summer", times, (rope, line)).await;
    (saved.id, opens)
}

async fn who_ordered_in_time_keeps_the_units_and_the_price_though_the_drop_is_over(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (drop, opens) = dropped(&shop, &rope, 10).await;
    shop.clock.set(opens + 10 * MINUTE - 1);
    let (order, page) = placed(&shop, &rope).await;
    assert_eq!(remaining(&shop, &drop).await, 3);
    shop.clock.advance(MINUTE);
    let back = paid_on(&provider, &page).await;
    assert!(back.ends_with("?paid=yes"), "{back}");
    let paid = shop.shop().orders.returned(&order.token).await.unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    assert_eq!((paid.total_minor, books(&provider)), (1600, (1600, 0, 0)));
    assert_eq!(remaining(&shop, &drop).await, 3);
    assert_eq!(shop.units(rope.variant()).await, 5);
    let actor = shop
        .account("other@shop.test", app::identity::Role::Admin)
        .await;
    let desk = &shop.shop().drop_admin;
    desk.put_back(&actor, &drop).await.unwrap();
    assert_eq!(shop.units(rope.variant()).await, 8);
}

async fn what_nobody_pays_for_goes_back_to_a_drop_that_goes_on(shop: TestShop) {
    let (_provider, shop, rope) = opened(&shop).await;
    let (drop, opens) = dropped(&shop, &rope, 120).await;
    shop.clock.set(opens);
    let (order, _) = placed(&shop, &rope).await;
    assert_eq!(remaining(&shop, &drop).await, 3);
    shop.clock.advance(31 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let expected = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &order).await, expected);
    assert_eq!(remaining(&shop, &drop).await, 5);
    assert_eq!(shop.units(rope.variant()).await, 5);
}

async fn what_nobody_pays_for_of_a_drop_that_is_over_goes_to_the_shelf(shop: TestShop) {
    let (_provider, shop, rope) = opened(&shop).await;
    let (drop, opens) = dropped(&shop, &rope, 10).await;
    shop.clock.set(opens + 9 * MINUTE);
    let (order, _) = placed(&shop, &rope).await;
    shop.clock.advance(31 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let expected = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &order).await, expected);
    assert_eq!(remaining(&shop, &drop).await, 3);
    assert_eq!(shop.units(rope.variant()).await, 7);
}

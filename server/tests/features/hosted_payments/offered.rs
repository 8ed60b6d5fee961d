//! Which orders a provider takes, and what becomes of its orders once it is turned off or not set up.

use app::{
    error::ErrorKind,
    orders::{payment::PaymentStatus, types::OrderStatus},
};

use super::{books, opened, paid_on, placed, provider::Service, status, stripe};
use crate::{
    method_settings,
    support::{Goods, MINUTE, TestShop, on_both_databases},
};

on_both_databases!(
    an_order_of_nothing_needs_no_provider,
    an_order_below_the_providers_least_is_refused,
    a_provider_that_orders_need_is_missed_once_it_is_not_set_up,
    a_method_that_is_turned_off_settles_and_refunds_its_orders,
);

async fn an_order_of_nothing_needs_no_provider(shop: TestShop) {
    let (provider, shop, _) = opened(&shop).await;
    let leaflet = shop.stock(Goods::named("Leaflet").price(0)).await;
    provider.set_service(Service::Down);
    let order = shop.bought(&[(leaflet.variant(), 1)], stripe()).await;
    assert_eq!(order.status, OrderStatus::Paid);
    let admin = shop.admin().await;
    let cancelled = shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert!(provider.asked().is_empty());
}

async fn an_order_below_the_providers_least_is_refused(shop: TestShop) {
    let (provider, shop, _) = opened(&shop).await;
    let pin = shop.stock(Goods::named("Pin").price(49)).await;
    let (_, placed) = shop.buy(&[(pin.variant(), 1)], stripe()).await;
    let refusal = placed.unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::Invalid);
    assert_eq!(refusal.fields[0].field, "payment");
    assert_eq!(shop.units(pin.variant()).await, 10);
    assert!(provider.asked().is_empty());
}

async fn a_provider_that_orders_need_is_missed_once_it_is_not_set_up(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    let without = shop.paid_through(Vec::new());
    let missing = async |shop: &TestShop| shop.services.checkout.missing_providers().await;
    assert_eq!(missing(&shop).await.unwrap(), [""; 0]);
    assert_eq!(missing(&without).await.unwrap(), ["stripe"]);
    // Its orders wait, however long it takes.
    paid_on(&provider, &page).await;
    shop.clock.advance(31 * MINUTE);
    assert_eq!(without.services.checkout.settle_overdue().await.unwrap(), 0);
    assert_eq!(shop.units(rope.variant()).await, 8);
    shop.services.checkout.settle_overdue().await.unwrap();
    let expected = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(missing(&without).await.unwrap(), [""; 0]);
}

async fn a_method_that_is_turned_off_settles_and_refunds_its_orders(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (waits, page) = placed(&shop, &rope).await;
    let admin = shop.admin().await;
    method_settings::set(&shop, &admin, "stripe", |form| {
        form.offered = "off".to_owned();
    })
    .await;
    let (_, refused) = shop.buy(&[(rope.variant(), 2)], stripe()).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid);
    let again = shop.shop().checkout.pay(&waits.token).await.unwrap();
    assert_eq!(again.pay_at.as_ref(), Some(&page));
    paid_on(&provider, &page).await;
    shop.clock.advance(MINUTE);
    let order = shop.shop().orders.returned(&waits.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(books(&provider), (2000, 2000, 0));
    let expected = (OrderStatus::Cancelled, PaymentStatus::Refunded);
    assert_eq!(status(&shop, &waits).await, expected);
}

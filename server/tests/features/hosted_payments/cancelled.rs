//! An order that is cancelled while it is paid or was: the money is let go, or goes back.

use app::orders::{payment::PaymentStatus, types::OrderStatus};

use super::{books, opened, paid_on, placed, status};
use crate::support::{MINUTE, TestShop, on_both_databases};

on_both_databases!(
    a_payment_of_an_order_that_was_cancelled_is_voided,
    a_captured_order_that_is_cancelled_is_refunded,
    what_is_taken_after_the_cancel_goes_back_and_is_told_once,
);

async fn a_payment_of_an_order_that_was_cancelled_is_voided(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let admin = shop.admin().await;
    let id = shop.order(&placed).await.id;
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    let expected = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &placed).await, expected);
    assert_eq!(books(&provider), (0, 0, 0));
    // The shopper's way back finds it as it is.
    shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(books(&provider), (0, 0, 0));
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn a_captured_order_that_is_cancelled_is_refunded(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    let admin = shop.admin().await;
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(books(&provider), (2000, 2000, 0));
    let expected = (OrderStatus::Cancelled, PaymentStatus::Refunded);
    assert_eq!(status(&shop, &placed).await, expected);
}

/// The cancel finds it itself: the event and the way back come later.
async fn what_is_taken_after_the_cancel_goes_back_and_is_told_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture(&provider.accounts()[0].intent);
    let admin = shop.admin().await;
    let id = shop.order(&placed).await.id;
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    assert_eq!(books(&provider), (2000, 2000, 0));
    let told = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";
    assert_eq!(shop.number(told).await, 1);
    shop.shop().orders.returned(&placed.token).await.unwrap();
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    assert_eq!(shop.number(told).await, 1);
    assert_eq!(books(&provider), (2000, 2000, 0));
    let expected = (OrderStatus::Cancelled, PaymentStatus::Refunded);
    assert_eq!(status(&shop, &placed).await, expected);
}

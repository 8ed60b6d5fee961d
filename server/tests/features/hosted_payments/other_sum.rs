//! Another sum is taken than the order costs: it goes back, and the order is as if nobody had paid.

use app::orders::{payment::PaymentStatus, types::OrderStatus};

use super::{books, opened, paid_on, placed, status};
use crate::support::{MINUTE, TestShop, on_both_databases};

on_both_databases!(
    a_part_that_was_captured_goes_back_and_the_order_can_be_paid_again,
    a_part_that_was_captured_of_an_order_that_is_cancelled_goes_back,
    an_order_whose_part_was_captured_ends_with_its_hold,
);

async fn a_part_that_was_captured_goes_back_and_the_order_can_be_paid_again(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    for _ in 0..3 {
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
        let waits = (OrderStatus::PendingPayment, PaymentStatus::Pending);
        assert_eq!(status(&shop, &placed).await, waits);
        assert_eq!(books(&provider), (500, 500, 0));
    }
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    let page = again.pay_at.expect("there is a page to pay on");
    paid_on(&provider, &page).await;
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let paid = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, paid);
    assert_eq!(books(&provider), (2500, 500, 0));
    shop.clock.advance(31 * MINUTE);
    let compared = shop.services.payment_books.compare_at_once().await.unwrap();
    assert_eq!(compared[0].differences, [], "the books are equal");
}

async fn a_part_that_was_captured_of_an_order_that_is_cancelled_goes_back(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    let (admin, id) = (shop.admin().await, shop.order(&placed).await.id);
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    for _ in 0..2 {
        let ended = (OrderStatus::Cancelled, PaymentStatus::Voided);
        assert_eq!(status(&shop, &placed).await, ended);
        assert_eq!(books(&provider), (500, 500, 0));
        assert_eq!(shop.units(rope.variant()).await, 10);
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
}

async fn an_order_whose_part_was_captured_ends_with_its_hold(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    shop.clock.advance(31 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let ended = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &placed).await, ended);
    assert_eq!(books(&provider), (500, 500, 0));
    assert_eq!(shop.units(rope.variant()).await, 10);
}

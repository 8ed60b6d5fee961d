//! Refunds that staff makes in the provider's dashboard: the order's books say so, and nothing goes back twice.

use app::orders::{
    payment::{PaymentStatus, RefundStatus},
    types::{EventKind, OrderStatus},
};
use desk::admin::orders::types::AdminOrder;

use super::{
    books, connect, opened,
    provider::{Service, cards},
    refunds::{paid_with, rest},
};
use crate::support::{MINUTE, TestShop, on_both_databases};

on_both_databases!(
    a_refund_in_the_dashboard_is_taken_in_once_by_its_event,
    a_refund_in_the_dashboard_that_nobody_tells_of_is_found_at_night,
    what_was_refunded_in_the_dashboard_is_not_promised_once_more,
    a_cancellation_returns_what_was_not_refunded_in_the_dashboard,
    a_refund_that_waits_is_done_by_one_in_the_dashboard,
    a_refund_to_be_paid_by_hand_is_done_by_one_in_the_dashboard,
    a_refund_of_the_shop_that_is_on_its_way_is_not_taken_for_another,
    a_refund_in_the_dashboard_that_fails_is_due_by_hand,
);

const REFUND_MAILS: &str = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
const ADMINS: &str = "SELECT COUNT(*) AS n FROM accounts WHERE role = 'admin'";
const TOLD: &str = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";

/// Status, amount and what had gone back elsewhere of each refund.
fn refunds(desk: &AdminOrder) -> Vec<(RefundStatus, i64, i64)> {
    let refunds = desk.refunds.iter();
    refunds
        .map(|refund| (refund.status, refund.amount_minor, refund.elsewhere_minor))
        .collect()
}

fn told_of_dashboard(desk: &AdminOrder) -> usize {
    let events = desk.events.iter();
    events
        .filter(|event| event.kind == EventKind::RefundElsewhere)
        .count()
}

async fn a_refund_in_the_dashboard_is_taken_in_once_by_its_event(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = id.order.id;
    let intent = provider.accounts()[0].intent.clone();
    provider.refund_part(&intent, 500);
    provider.quiet().await;
    let desk = &shop.shop().order_desk;
    for _ in 0..3 {
        let order = desk.order(&id).await.unwrap();
        assert_eq!(order.order.refunded_minor, 500);
        assert_eq!(order.order.status, OrderStatus::Paid);
        assert_eq!(order.order.payment_status, PaymentStatus::Captured);
        assert_eq!(refunds(&order), [(RefundStatus::Returned, 500, 0)]);
        assert_eq!(told_of_dashboard(&order), 1);
        assert_eq!(shop.number(REFUND_MAILS).await, 1);
        shop.clock.advance(61 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    let compared = shop.services.payment_books.compare_at_once().await.unwrap();
    assert_eq!(compared[0].differences, [], "the books are equal");
    let browser = site.browser();
    browser.sign_in(&admin.email).await.expect(200);
    let page = browser.page(&format!("/admin/orders/{id}")).await;
    let page = page.expect(200).body;
    let told = "€5.00 refunded at the payment provider";
    assert!(page.contains(told), "{page}");
    // The rest alone goes back.
    let quote = desk.quote(&id, &rest(2).request).await.unwrap();
    assert_eq!((quote.amount_minor, quote.elsewhere_minor), (1500, 500));
    desk.refund(&admin, &id, rest(2)).await.unwrap();
    provider.quiet().await;
    let order = desk.order(&id).await.unwrap();
    let expected = [
        (RefundStatus::Returned, 500, 0),
        (RefundStatus::Returned, 1500, 500),
    ];
    assert_eq!(refunds(&order), expected);
    assert_eq!(order.order.status, OrderStatus::Refunded);
    assert_eq!(order.order.payment_status, PaymentStatus::Refunded);
    assert_eq!(books(&provider), (2000, 2000, 0));
    assert_eq!(shop.number(TOLD).await, 0);
}

async fn a_refund_in_the_dashboard_that_nobody_tells_of_is_found_at_night(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = id.order.id;
    provider.refund(&provider.accounts()[0].intent.clone());
    shop.clock.advance(31 * MINUTE);
    for _ in 0..2 {
        let compared = shop.services.payment_books.compare_at_once().await.unwrap();
        assert_eq!(compared[0].differences, [], "it is taken in");
        let order = shop.shop().order_desk.order(&id).await.unwrap();
        assert_eq!(refunds(&order), [(RefundStatus::Returned, 2000, 0)]);
        assert_eq!(order.order.payment_status, PaymentStatus::Refunded);
        assert_eq!(order.order.status, OrderStatus::Paid, "its units are held");
        shop.clock.advance(31 * MINUTE);
    }
    let order = shop.shop().orders.cancel(&admin, &id).await.unwrap();
    assert_eq!(order.status, OrderStatus::Cancelled);
    assert_eq!(order.payment_status, PaymentStatus::Refunded);
    assert_eq!(shop.units(rope.variant()).await, 10);
    assert_eq!(books(&provider), (2000, 2000, 0));
    assert_eq!(shop.number(TOLD).await, 0);
}

async fn what_was_refunded_in_the_dashboard_is_not_promised_once_more(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = id.order.id;
    // No event tells of it.
    provider.refund(&provider.accounts()[0].intent.clone());
    let desk = &shop.shop().order_desk;
    desk.refund(&admin, &id, rest(1)).await.unwrap();
    let order = desk.order(&id).await.unwrap();
    let expected = [
        (RefundStatus::Returned, 0, 2000),
        (RefundStatus::Returned, 2000, 0),
    ];
    assert_eq!(refunds(&order), expected);
    assert_eq!(order.order.refunded_minor, 2000);
    assert_eq!(order.order.payment_status, PaymentStatus::Refunded);
    let todo = shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 0);
    assert_eq!(shop.number(TOLD).await, 0);
    assert_eq!(shop.number(REFUND_MAILS).await, 1);
    let post = shop.post();
    let mails = post.deliver().await;
    let promised = mails
        .iter()
        .filter(|mail| mail.body().contains("We owe you"));
    assert_eq!(promised.count(), 0);
    assert_eq!(books(&provider), (2000, 2000, 0));
}

async fn a_cancellation_returns_what_was_not_refunded_in_the_dashboard(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = id.order.id;
    provider.refund_part(&provider.accounts()[0].intent.clone(), 500);
    provider.quiet().await;
    let order = shop.shop().orders.cancel(&admin, &id).await.unwrap();
    provider.quiet().await;
    assert_eq!(order.status, OrderStatus::Cancelled);
    assert_eq!(order.payment_status, PaymentStatus::Refunded);
    let order = shop.shop().order_desk.order(&id).await.unwrap();
    let expected = [
        (RefundStatus::Returned, 500, 0),
        (RefundStatus::Returned, 1500, 500),
    ];
    assert_eq!(refunds(&order), expected);
    assert_eq!(books(&provider), (2000, 2000, 0));
}

async fn a_refund_that_waits_is_done_by_one_in_the_dashboard(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = id.order.id;
    provider.set_service(Service::Down);
    let desk = &shop.shop().order_desk;
    desk.refund(&admin, &id, rest(1)).await.unwrap();
    let order = desk.order(&id).await.unwrap();
    assert_eq!(refunds(&order), [(RefundStatus::Owed, 2000, 0)]);
    provider.refund(&provider.accounts()[0].intent.clone());
    provider.set_service(Service::Up);
    for _ in 0..2 {
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    let order = desk.order(&id).await.unwrap();
    let expected = [
        (RefundStatus::Returned, 0, 2000),
        (RefundStatus::Returned, 2000, 0),
    ];
    assert_eq!(refunds(&order), expected);
    assert_eq!(order.order.payment_status, PaymentStatus::Refunded);
    assert_eq!(books(&provider), (2000, 2000, 0));
    assert_eq!(shop.number(REFUND_MAILS).await, 1);
}

async fn a_refund_to_be_paid_by_hand_is_done_by_one_in_the_dashboard(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::LOSES_REFUNDS).await;
    let id = id.order.id;
    let desk = &shop.shop().order_desk;
    desk.refund(&admin, &id, rest(1)).await.unwrap();
    provider.quiet().await;
    provider.settle_refunds();
    provider.quiet().await;
    let order = desk.order(&id).await.unwrap();
    assert_eq!(refunds(&order), [(RefundStatus::ByHand, 2000, 0)]);
    provider.refund(&provider.accounts()[0].intent.clone());
    provider.quiet().await;
    let order = desk.order(&id).await.unwrap();
    let expected = [
        (RefundStatus::Returned, 0, 2000),
        (RefundStatus::Returned, 2000, 0),
    ];
    assert_eq!(refunds(&order), expected);
    assert_eq!(order.order.payment_status, PaymentStatus::Refunded);
    let todo = shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 0);
    let again = desk.paid_back(&admin, &id, 1).await;
    assert!(again.is_err(), "nobody is to pay it by hand any more");
}

async fn a_refund_of_the_shop_that_is_on_its_way_is_not_taken_for_another(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = id.order.id;
    let desk = &shop.shop().order_desk;
    let held = provider.hold("POST /v1/refunds");
    let meanwhile = async {
        held.done().await;
        // Its event comes before its answer.
        provider.quiet().await;
        let order = desk.order(&id).await.unwrap();
        assert_eq!(refunds(&order), [(RefundStatus::Owed, 2000, 0)]);
        assert_eq!(told_of_dashboard(&order), 0);
        held.let_go();
    };
    let (made, ()) = tokio::join!(desk.refund(&admin, &id, rest(1)), meanwhile);
    made.unwrap();
    provider.quiet().await;
    let order = desk.order(&id).await.unwrap();
    assert_eq!(refunds(&order), [(RefundStatus::Returned, 2000, 0)]);
    assert_eq!(told_of_dashboard(&order), 0);
    assert_eq!(shop.number(REFUND_MAILS).await, 1);
    assert_eq!(books(&provider), (2000, 2000, 0));
}

async fn a_refund_in_the_dashboard_that_fails_is_due_by_hand(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::LOSES_REFUNDS).await;
    let id = id.order.id;
    provider.refund(&provider.accounts()[0].intent.clone());
    provider.quiet().await;
    provider.settle_refunds();
    provider.quiet().await;
    let desk = &shop.shop().order_desk;
    for _ in 0..2 {
        let order = desk.order(&id).await.unwrap();
        assert_eq!(refunds(&order), [(RefundStatus::ByHand, 2000, 0)]);
        assert_eq!(order.order.payment_status, PaymentStatus::Captured);
        assert_eq!(shop.number(TOLD).await, shop.number(ADMINS).await);
        shop.clock.advance(61 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    let order = desk.paid_back(&admin, &id, 1).await.unwrap();
    assert_eq!(order.payment_status, PaymentStatus::Refunded);
}

//! Refunds that the provider does not send, or that come back: they are due again.

use app::{
    identity::Account,
    orders::{
        payment::{PaymentStatus, RefundStatus},
        ports::{MoneyFilter, OrderFilter},
        types::{EventKind, OrderStatus},
    },
};
use desk::admin::orders::{
    ports::NewRefund,
    types::{AdminOrder, RefundRequest, RefundUnits, Restock, ShippingRefund},
};

use super::{
    books, connect, opened, placed,
    provider::{Provider, Service, Visit, cards},
};
use crate::support::{MINUTE, Stocked, TestShop, on_both_databases};

on_both_databases!(
    a_refund_that_fails_later_is_due_again_and_told_once,
    a_lost_event_of_a_failed_refund_costs_time_alone,
    a_refund_that_arrives_is_looked_at_and_stays,
    a_refund_that_is_refused_for_good_is_left_to_staff_once,
    a_refund_that_fails_for_now_is_tried_again,
    a_refund_that_is_refused_for_now_is_tried_less_often,
);

const TOLD: &str = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";
const REFUND_MAILS: &str = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
const ADMINS: &str = "SELECT COUNT(*) AS n FROM accounts WHERE role = 'admin'";

/// All that is left of an order.
pub fn rest(number: i64) -> NewRefund {
    NewRefund {
        request: RefundRequest {
            units: RefundUnits::Rest,
            shipping: ShippingRefund::Include,
            restock: Restock::Not,
            note: String::new(),
        },
        number,
        key: String::new(),
        expected_minor: None,
    }
}

/// An order of €20 that is paid with this card.
pub async fn paid_with(
    (provider, shop, rope): (&Provider, &TestShop, &Stocked),
    card: &str,
) -> AdminOrder {
    let (placed, page) = placed(shop, rope).await;
    let visit = provider.pay(&page, card).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    shop.shop().order_desk.order(&order.id).await.unwrap()
}

/// The whole order, refunded by the staff.
async fn refunded(shop: &TestShop, admin: &Account, id: &str) -> AdminOrder {
    let desk = &shop.shop().order_desk;
    desk.refund(admin, id, rest(1)).await.unwrap();
    desk.order(id).await.unwrap()
}

/// It is to be paid back by hand, everybody sees so, and was told once.
pub async fn assert_due_again(shop: &TestShop, admin: &Account, id: &str) {
    let desk = shop.shop().order_desk.order(id).await.unwrap();
    assert_eq!(desk.order.payment_status, PaymentStatus::Captured);
    assert_eq!(desk.refunds.len(), 1);
    assert_eq!(desk.refunds[0].status, RefundStatus::ByHand);
    assert_ne!(desk.refunds[0].fault, "");
    let failures = desk.events.iter();
    let failures: Vec<_> = failures
        .filter(|event| event.kind == EventKind::RefundFailed)
        .collect();
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].text, desk.refunds[0].fault);
    let shopper = shop
        .shop()
        .orders
        .by_token(&desk.order.token)
        .await
        .unwrap();
    let is_told = |kind| shopper.events.iter().any(|event| event.kind == kind);
    assert!(is_told(EventKind::Refund) && !is_told(EventKind::RefundFailed));
    let todo = shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 1);
    for money in [MoneyFilter::ToReturn, MoneyFilter::ByHand] {
        let filter = OrderFilter {
            money: Some(money),
            ..OrderFilter::default()
        };
        let found = shop.shop().orders.list(&filter).await.unwrap();
        assert_eq!(found.found.count, 1, "{money:?}");
    }
    assert_eq!(shop.number(TOLD).await, shop.number(ADMINS).await);
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(&admin.email).await.expect(200);
    let page = browser.page(&format!("/admin/orders/{id}")).await;
    let page = page.expect(200).body;
    assert!(page.contains("couldn’t be refunded"), "{page}");
    assert!(page.contains("Mark €20.00 as refunded"), "{page}");
}

async fn a_refund_that_fails_later_is_due_again_and_told_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let setting = (&provider, &shop, &rope);
    let admin = shop.admin().await;
    let id = paid_with(setting, cards::LOSES_REFUNDS).await.order.id;
    let sent = refunded(&shop, &admin, &id).await;
    provider.quiet().await;
    assert_eq!(sent.refunds[0].status, RefundStatus::Returned);
    assert_eq!(sent.order.payment_status, PaymentStatus::Refunded);
    provider.settle_refunds();
    provider.quiet().await;
    assert_due_again(&shop, &admin, &id).await;
    assert_eq!(books(&provider), (2000, 0, 0));
    // However often someone looks.
    for _ in 0..3 {
        shop.clock.advance(25 * 60 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    assert_due_again(&shop, &admin, &id).await;
    shop.clock.advance(31 * MINUTE);
    let compared = shop.services.payment_books.compare_at_once().await.unwrap();
    assert_eq!(compared[0].differences, [], "the books are equal");
    let desk = &shop.shop().order_desk;
    let order = desk.paid_back(&admin, &id, 1).await.unwrap();
    assert_eq!(order.payment_status, PaymentStatus::Refunded);
    assert_eq!(shop.number(TOLD).await, shop.number(ADMINS).await);
}

async fn a_lost_event_of_a_failed_refund_costs_time_alone(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let setting = (&provider, &shop, &rope);
    let admin = shop.admin().await;
    let id = paid_with(setting, cards::LOSES_REFUNDS).await.order.id;
    let cancelled = shop.shop().orders.cancel(&admin, &id).await.unwrap();
    assert_eq!(cancelled.payment_status, PaymentStatus::Refunded);
    provider.settle_refunds();
    shop.clock.advance(61 * MINUTE);
    for _ in 0..2 {
        shop.services.checkout.settle_overdue().await.unwrap();
        assert_due_again(&shop, &admin, &id).await;
        shop.clock.advance(25 * 60 * MINUTE);
    }
    assert_eq!(books(&provider), (2000, 0, 0), "it is not sent again");
}

async fn a_refund_that_arrives_is_looked_at_and_stays(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let setting = (&provider, &shop, &rope);
    let admin = shop.admin().await;
    let id = paid_with(setting, cards::APPROVES).await.order.id;
    refunded(&shop, &admin, &id).await;
    let watched = "SELECT COUNT(*) AS n FROM refunds WHERE look_at IS NOT NULL";
    assert_eq!(shop.number(watched).await, 1);
    for _ in 0..2 {
        shop.clock.advance(30 * 24 * 60 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    assert_eq!(shop.number(watched).await, 0, "it does not fail any more");
    let desk = shop.shop().order_desk.order(&id).await.unwrap();
    assert_eq!(desk.refunds[0].status, RefundStatus::Returned);
    assert_eq!(desk.order.payment_status, PaymentStatus::Refunded);
    assert_eq!(shop.number(TOLD).await, 0);
}

/// How often the provider was asked to send a refund.
fn asked_to_send(provider: &Provider) -> usize {
    let asked = provider.asked();
    asked
        .iter()
        .filter(|asked| asked.what == "POST /v1/refunds")
        .count()
}

async fn a_refund_that_is_refused_for_good_is_left_to_staff_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let setting = (&provider, &shop, &rope);
    let admin = shop.admin().await;
    let id = paid_with(setting, cards::APPROVES).await.order.id;
    // As if the payment had been let go: there is nothing that the provider could refund.
    let (other, page) = placed(&shop, &rope).await;
    let visit = provider.pay(&page, cards::APPROVES).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    let other = shop.order(&other).await.id;
    shop.shop().orders.cancel(&admin, &other).await.unwrap();
    let accounts = provider.accounts().into_iter();
    let mut of_other =
        accounts.filter(|account| account.order_id.as_deref() == Some(other.as_str()));
    let intent = of_other.next().expect("it was paid").intent;
    let named =
        format!("UPDATE payment_attempts SET payment_id = '{intent}' WHERE order_id = '{id}'");
    shop.execute(&named).await;
    let refused = refunded(&shop, &admin, &id).await;
    let fault = &refused.refunds[0].fault;
    assert!(
        fault.contains("does not have a successful charge"),
        "{fault}"
    );
    // The shopper is told once that the shop pays it back in another way.
    assert_eq!(shop.number(REFUND_MAILS).await, 1);
    let post = shop.post();
    let mails = post.deliver().await;
    let told = mails
        .iter()
        .filter(|mail| mail.body().contains("We owe you €20.00"));
    assert_eq!(told.count(), 1);
    let asked = asked_to_send(&provider);
    for _ in 0..3 {
        assert_due_again(&shop, &admin, &id).await;
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    assert_eq!(asked_to_send(&provider), asked, "it is not asked again");
    assert_eq!(shop.number(REFUND_MAILS).await, 1);
}

async fn a_refund_that_fails_for_now_is_tried_again(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let setting = (&provider, &shop, &rope);
    let admin = shop.admin().await;
    let id = paid_with(setting, cards::APPROVES).await.order.id;
    provider.set_service(Service::Down);
    let owed = refunded(&shop, &admin, &id).await;
    assert_eq!(owed.refunds[0].status, RefundStatus::Owed);
    assert_eq!(shop.number(TOLD).await, 0);
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let asked = provider.asked();
    let disputes = asked
        .iter()
        .filter(|asked| asked.what == "GET /v1/disputes");
    assert_eq!(disputes.count(), 0, "no bank has a part in it");
    provider.set_service(Service::Up);
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let desk = shop.shop().order_desk.order(&id).await.unwrap();
    assert_eq!(desk.refunds[0].status, RefundStatus::Returned);
    assert_eq!(books(&provider), (2000, 2000, 0));
}

async fn a_refund_that_is_refused_for_now_is_tried_less_often(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let id = paid_with((&provider, &shop, &rope), cards::APPROVES)
        .await
        .order
        .id;
    // As if the key were of another account.
    let named = "UPDATE payment_attempts SET payment_id = 'pi_elsewhere'";
    shop.execute(named).await;
    let owed = refunded(&shop, &admin, &id).await;
    assert_eq!(owed.refunds[0].status, RefundStatus::Owed);
    let mut tried_at = Vec::new();
    for minute in 1..=72 {
        shop.clock.advance(MINUTE);
        let before = asked_to_send(&provider);
        shop.services.checkout.settle_overdue().await.unwrap();
        if asked_to_send(&provider) > before {
            tried_at.push(minute);
        }
    }
    assert_eq!(tried_at, [1, 11, 71]);
}

//! Money that is under way at the provider: it counts as sent, and has not arrived before the provider says so.

use std::time::Duration;

use app::{
    identity::Account,
    orders::{
        payment::{PaymentStatus, RefundStatus},
        types::OrderStatus,
    },
};
use desk::admin::orders::types::AdminOrder;
use server::orders::check::{check, takings};

use super::{
    books, connect, opened, paid_on, placed,
    provider::{Provider, books::IntentStatus, cards},
    refunds::{assert_due_again, paid_with, rest},
    status,
};
use crate::support::{MINUTE, Stocked, TestShop, on_both_databases};

on_both_databases!(
    a_pending_refund_is_returned_once_the_provider_says_that_it_has_arrived,
    a_lost_event_of_a_refund_that_has_arrived_costs_time_alone,
    a_pending_refund_that_fails_is_due_by_hand,
    a_cancelled_order_is_refunded_once_its_money_has_arrived,
    a_pending_refund_in_the_dashboard_arrives,
    a_refund_that_was_noted_as_returned_while_it_is_pending_is_found_out,
    what_a_bank_has_still_to_confirm_is_said_and_forgotten_once_it_has,
);

const REFUND_MAILS: &str = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
const PENDING: &str =
    "SELECT CAST(SUM(refunded_pending_minor) AS BIGINT) AS n FROM payment_attempts";
const TAKING: &str =
    "SELECT CAST(SUM(captured_pending_minor) AS BIGINT) AS n FROM payment_attempts";

async fn desk(shop: &TestShop, id: &str) -> AdminOrder {
    shop.shop().order_desk.order(id).await.unwrap()
}

/// What is pending of an order of €20 whose only refund is in this state.
async fn assert_stands(shop: &TestShop, id: &str, refund: RefundStatus, pending_minor: i64) {
    let desk = desk(shop, id).await;
    assert_eq!(desk.refunds.len(), 1);
    assert_eq!(desk.refunds[0].status, refund);
    let payment = match refund {
        RefundStatus::Returned => PaymentStatus::Refunded,
        _ => PaymentStatus::Captured,
    };
    assert_eq!(desk.order.payment_status, payment);
    assert_eq!(shop.number(PENDING).await, pending_minor);
    let takings = takings(shop.db()).await.unwrap();
    assert_eq!(takings[0].returning_minor, pending_minor);
    assert_eq!(check(shop.db()).await.unwrap(), []);
    let todo = shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 0, "there is nothing to do");
}

async fn assert_books_are_equal(provider: &Provider, shop: &TestShop) {
    shop.clock.advance(31 * MINUTE);
    provider.advance(Duration::from_secs(31 * 60));
    let compared = shop.services.payment_books.compare_at_once().await.unwrap();
    assert_eq!(compared[0].differences, []);
}

async fn a_pending_refund_is_returned_once_the_provider_says_that_it_has_arrived(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop.speaking("en,de")).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let admin = shop.admin().await;
    let order = paid_with((&provider, &shop, &rope), cards::REFUNDS_SLOWLY).await;
    let (id, token) = (order.order.id, order.order.token);
    let order_desk = &shop.shop().order_desk;
    order_desk.refund(&admin, &id, rest(1)).await.unwrap();
    provider.quiet().await;
    assert_stands(&shop, &id, RefundStatus::Pending, 2000).await;
    assert_books_are_equal(&provider, &shop).await;
    let (shopper, staff) = (site.browser(), site.browser());
    staff.sign_in(&admin.email).await.expect(200);
    let pages = async || {
        let shown = shopper.page(&format!("/orders/{token}")).await.expect(200);
        let german = shopper
            .page(&format!("/de/orders/{token}"))
            .await
            .expect(200);
        let worked_on = staff.page(&format!("/admin/orders/{id}")).await.expect(200);
        (shown.body, german.body, worked_on.body)
    };
    let (shown, german, worked_on) = pages().await;
    assert!(shown.contains("Your refund is on its way"), "{shown}");
    for words in [
        "Refund of €20.00 on its way",
        "€20.00 is on its way back to you",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    for words in ["unterwegs", "auf dem Weg zurück zu Ihnen"] {
        assert!(german.contains(words), "{words}: {german}");
    }
    for words in [
        "Refund of €20.00 on its way",
        "the provider hasn’t confirmed yet",
    ] {
        assert!(worked_on.contains(words), "{words}: {worked_on}");
    }
    provider.settle_refunds();
    provider.quiet().await;
    assert_stands(&shop, &id, RefundStatus::Returned, 0).await;
    assert_books_are_equal(&provider, &shop).await;
    let (shown, _, worked_on) = pages().await;
    for page in [&shown, &worked_on] {
        assert!(page.contains("€20.00 refunded"), "{page}");
        assert!(!page.contains("Refund of €20.00 on its way"), "{page}");
    }
    assert_eq!(shop.number(REFUND_MAILS).await, 1);
    assert_eq!(books(&provider), (2000, 2000, 0));
}

async fn a_lost_event_of_a_refund_that_has_arrived_costs_time_alone(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let id = refunded_slowly((&provider, &shop, &rope), &admin).await;
    for _ in 0..3 {
        shop.clock.advance(61 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
        assert_stands(&shop, &id, RefundStatus::Pending, 2000).await;
    }
    provider.settle_refunds();
    shop.services.checkout.settle_overdue().await.unwrap();
    assert_stands(&shop, &id, RefundStatus::Pending, 2000).await;
    shop.clock.advance(61 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    assert_stands(&shop, &id, RefundStatus::Returned, 0).await;
    let watched = "SELECT COUNT(*) AS n FROM refunds WHERE look_at IS NOT NULL";
    assert_eq!(shop.number(watched).await, 1, "it may fail all the same");
}

/// An order of €20 whose refund its provider is at.
async fn refunded_slowly(
    (provider, shop, rope): (&Provider, &TestShop, &Stocked),
    admin: &Account,
) -> String {
    let order = paid_with((provider, shop, rope), cards::REFUNDS_SLOWLY).await;
    let id = order.order.id;
    let order_desk = &shop.shop().order_desk;
    order_desk.refund(admin, &id, rest(1)).await.unwrap();
    assert_stands(shop, &id, RefundStatus::Pending, 2000).await;
    id
}

async fn a_pending_refund_that_fails_is_due_by_hand(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let admin = shop.admin().await;
    let id = refunded_slowly((&provider, &shop, &rope), &admin).await;
    provider.fail_refunds();
    provider.quiet().await;
    assert_due_again(&shop, &admin, &id).await;
    assert_eq!(shop.number(PENDING).await, 0);
    assert_eq!(check(shop.db()).await.unwrap(), []);
    let order = shop.shop().order_desk.paid_back(&admin, &id, 1).await;
    assert_eq!(order.unwrap().payment_status, PaymentStatus::Refunded);
}

async fn a_cancelled_order_is_refunded_once_its_money_has_arrived(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let order = paid_with((&provider, &shop, &rope), cards::REFUNDS_SLOWLY).await;
    let id = order.order.id;
    let order = shop.shop().orders.cancel(&admin, &id).await.unwrap();
    assert_eq!(order.status, OrderStatus::Cancelled);
    // However often it is settled.
    for _ in 0..2 {
        assert_stands(&shop, &id, RefundStatus::Pending, 2000).await;
        shop.clock.advance(61 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    provider.settle_refunds();
    shop.clock.advance(61 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    assert_stands(&shop, &id, RefundStatus::Returned, 0).await;
    assert_eq!(books(&provider), (2000, 2000, 0));
}

async fn a_pending_refund_in_the_dashboard_arrives(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let order = paid_with((&provider, &shop, &rope), cards::REFUNDS_SLOWLY).await;
    let id = order.order.id;
    provider.refund(&provider.accounts()[0].intent.clone());
    provider.quiet().await;
    assert_stands(&shop, &id, RefundStatus::Pending, 2000).await;
    let admin = shop.admin().await;
    let staff = site.browser();
    staff.sign_in(&admin.email).await.expect(200);
    let page = staff.page(&format!("/admin/orders/{id}")).await;
    let page = page.expect(200).body;
    let told = "Refund of €20.00 at the payment provider on its way";
    assert!(page.contains(told), "{page}");
    provider.settle_refunds();
    provider.quiet().await;
    assert_stands(&shop, &id, RefundStatus::Returned, 0).await;
}

/// As a version did that told none from the other.
async fn a_refund_that_was_noted_as_returned_while_it_is_pending_is_found_out(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let id = refunded_slowly((&provider, &shop, &rope), &admin).await;
    let noted = format!(
        "UPDATE refunds SET status = 'returned', settled_at = {}",
        shop.now()
    );
    for statement in [
        noted.as_str(),
        "UPDATE orders SET payment_status = 'refunded'",
        "UPDATE payment_attempts SET status = 'refunded', refunded_pending_minor = 0",
    ] {
        shop.execute(statement).await;
    }
    assert_stands(&shop, &id, RefundStatus::Returned, 0).await;
    shop.clock.advance(61 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    assert_stands(&shop, &id, RefundStatus::Pending, 2000).await;
    provider.settle_refunds();
    shop.clock.advance(61 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    assert_stands(&shop, &id, RefundStatus::Returned, 0).await;
}

async fn what_a_bank_has_still_to_confirm_is_said_and_forgotten_once_it_has(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let admin = shop.admin().await;
    let staff = site.browser();
    staff.sign_in(&admin.email).await.expect(200);
    let (order, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let intent = provider.accounts()[0].intent.clone();
    provider.set_status(&intent, IntentStatus::Processing);
    shop.shop().orders.returned(&order.token).await.unwrap();
    let waits = (OrderStatus::PendingPayment, PaymentStatus::Pending);
    assert_eq!(status(&shop, &order).await, waits);
    assert_eq!(shop.number(TAKING).await, 2000);
    let id = shop.order(&order).await.id;
    let page = staff.page(&format!("/admin/orders/{id}")).await;
    let page = page.expect(200).body;
    assert!(
        page.contains("The bank has yet to confirm €20.00"),
        "{page}"
    );
    provider.set_status(&intent, IntentStatus::RequiresCapture);
    shop.clock.advance(MINUTE);
    shop.shop().orders.returned(&order.token).await.unwrap();
    let paid = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &order).await, paid);
    assert_eq!(shop.number(TAKING).await, 0);
    assert_eq!(check(shop.db()).await.unwrap(), []);
}

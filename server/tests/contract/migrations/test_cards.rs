//! Orders of test cards, after an upgrade to a version where these buy in a demonstration alone: what was
//! begun with them ends as it would have, and goes back.

use std::{fs, path::Path};

use app::orders::{payment::PaymentStatus, types::OrderStatus};
use server::db::{Db, Get, Sql};

use super::wide::fill;
use crate::{
    order_refunds::{all, kept},
    site_files::{Running, database, deployed, serve},
    support::{TestShop, assert_stock_adds_up},
};

on_both_old_databases!(18:
    what_test_cards_left_open_is_settled_without_a_demonstration,
    a_charge_whose_answer_was_lost_still_pays_its_order,
    all_that_test_cards_paid_can_be_refunded_without_a_demonstration,
);

/// It waits for its payment, which the bank has never heard of.
const WAITING: &str = "019994e4-1680-7000-8000-000000000023";

/// The upgraded shop, started without `--demo-payments`.
async fn upgraded(shop: &TestShop) -> TestShop {
    shop.db().migrate().await.unwrap();
    shop.for_real()
}

async fn state(shop: &TestShop, id: &str) -> (OrderStatus, PaymentStatus, i64) {
    let order = shop.shop().order_desk.order(id).await.unwrap().order;
    (order.status, order.payment_status, order.refunded_minor)
}

/// What the bank of the test cards has of each order is what the order says, and its refunds come to that.
async fn assert_books_agree(shop: &TestShop) {
    let differ = "SELECT COUNT(*) AS n FROM orders o \
        LEFT JOIN test_card_charges c ON c.idempotency_key = o.id \
        WHERE o.payment_method = 'test_card' AND (\
        o.captured_minor <> CASE WHEN c.status = 'captured' THEN c.amount_minor ELSE 0 END \
        OR o.refunded_minor <> COALESCE(c.refunded_minor, 0) \
        OR COALESCE(c.refunded_minor, 0) <> COALESCE((SELECT SUM(r.amount_minor) FROM refunds r \
          WHERE r.order_id = o.id AND r.status = 'returned'), 0))";
    assert_eq!(shop.number(differ).await, 0, "the bank has other books");
    assert_stock_adds_up(shop.db()).await;
}

async fn what_test_cards_left_open_is_settled_without_a_demonstration(shop: TestShop) {
    fill(shop.db()).await;
    let real = upgraded(&shop).await;
    let offers = real.shop().checkout.offers().await.unwrap();
    let is_offered = offers.payment.iter().any(|way| way.method == "test_card");
    assert!(!is_offered, "test cards do not buy any more");
    real.services.run_maintenance().await;
    for (what, id, status, payment, refunded_minor) in [
        (
            "one that was never charged",
            WAITING,
            OrderStatus::Cancelled,
            PaymentStatus::Voided,
            0,
        ),
        (
            "one that was cancelled while nobody knew whether it was charged",
            "019997ae-3300-7000-8000-000000000134",
            OrderStatus::Cancelled,
            PaymentStatus::Voided,
            0,
        ),
        (
            "one that was cancelled before its money was owed",
            "01999777-4480-7000-8000-000000000126",
            OrderStatus::Cancelled,
            PaymentStatus::Refunded,
            2990,
        ),
        (
            "one that was cancelled before its money went back",
            "01999740-5600-7000-8000-000000000116",
            OrderStatus::Cancelled,
            PaymentStatus::Refunded,
            2990,
        ),
        (
            "one of which a part was owed",
            "01999889-ed00-7000-8000-000000000178",
            OrderStatus::Paid,
            PaymentStatus::Captured,
            1000,
        ),
    ] {
        let settled = (status, payment, refunded_minor);
        assert_eq!(state(&real, id).await, settled, "{what}");
    }
    let owed = "SELECT COUNT(*) AS n FROM refunds WHERE status = 'owed'";
    assert_eq!(real.number(owed).await, 0);
    assert_books_agree(&real).await;
}

async fn a_charge_whose_answer_was_lost_still_pays_its_order(shop: TestShop) {
    fill(shop.db()).await;
    let charge = format!(
        "INSERT INTO test_card_charges (idempotency_key, status, amount_minor, refunded_minor, created_at) \
         VALUES ('{WAITING}', 'captured', 5290, 0, 1759139602000)"
    );
    shop.execute(&charge).await;
    let real = upgraded(&shop).await;
    real.services.run_maintenance().await;
    let paid = (OrderStatus::Paid, PaymentStatus::Captured, 0);
    assert_eq!(state(&real, WAITING).await, paid);
    assert_books_agree(&real).await;
    let admin = real.admin().await;
    real.shop().orders.cancel(&admin, WAITING).await.unwrap();
    let cancelled = (OrderStatus::Cancelled, PaymentStatus::Refunded, 5290);
    assert_eq!(state(&real, WAITING).await, cancelled);
    assert_books_agree(&real).await;
}

async fn all_that_test_cards_paid_can_be_refunded_without_a_demonstration(shop: TestShop) {
    fill(shop.db()).await;
    let real = upgraded(&shop).await;
    real.services.run_maintenance().await;
    let admin = real.admin().await;
    let desk = &real.shop().order_desk;
    let paid = Sql::new(
        "SELECT id FROM orders WHERE payment_method = 'test_card' \
         AND status IN ('paid', 'packed', 'shipped', 'delivered')",
    );
    let paid = paid.fetch_all(real.db().reader()).await.unwrap();
    assert_eq!(paid.len(), 8, "whole, and refunded in part");
    assert!(kept(&real).await > 0);
    for row in paid {
        let id = row.text("id").unwrap();
        let before = desk.order(&id).await.unwrap();
        let number = i64::try_from(before.refunds.len()).unwrap() + 1;
        let order = desk.refund(&admin, &id, all(number)).await.unwrap();
        assert_eq!(order.status, OrderStatus::Refunded, "{id}");
        assert_eq!(order.payment_status, PaymentStatus::Refunded, "{id}");
        assert_eq!(order.refunded_minor, order.total_minor, "{id}");
    }
    assert_eq!(kept(&real).await, 0, "the bank has given all of it back");
    assert_books_agree(&real).await;
}

/// What a server tells before it is open.
fn told_at_start(folder: &Path, arguments: &[&str]) -> String {
    let mut server = serve(folder);
    server.args(arguments);
    server.stderr(fs::File::create(folder.join("log")).unwrap());
    let running = Running::open(&mut server);
    running.told.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgraded_shop_that_took_test_cards_is_told_at_start_what_to_set() {
    let folder = deployed();
    let db = Db::connect(&database(folder.path())).await.unwrap();
    db.migrate_to(18).await.unwrap();
    fill(&db).await;
    db.close().await;
    // Until something is set: the first start may be one that nobody watches.
    for _ in 0..2 {
        let told = told_at_start(folder.path(), &[]);
        for words in [
            "Test cards do not buy any more",
            "HOLDFAST_STRIPE_SECRET_KEY",
            "--demo-payments",
            "settled and refunded as before",
        ] {
            assert!(told.contains(words), "{words} in {told}");
        }
    }
    assert_eq!(told_at_start(folder.path(), &["--demo-payments"]), "");
    let new_shop = deployed();
    assert_eq!(told_at_start(new_shop.path(), &[]), "");
}

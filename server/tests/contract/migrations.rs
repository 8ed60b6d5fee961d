//! What becomes of a shop that ran with an older version: nothing is lost, and its books agree.

use app::orders::types::{EventKind, OrderStatus};
use server::{
    account::store,
    db::{Db, Sql},
    ids::{hash_secret, new_secret},
};

use super::accounts::who;
use crate::support::{START, TestShop, assert_stock_adds_up};

/// `on_both_databases`, with a database that has the schema of an earlier version.
macro_rules! on_both_old_databases {
    ($version:literal: $($test:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[test]
                fn $test() {
                    let kind = crate::support::Kind::Sqlite;
                    crate::support::on_old(kind, $version, super::$test);
                }
            )+
        }
        mod postgres {
            $(
                #[test]
                fn $test() {
                    let kind = crate::support::Kind::Postgres;
                    crate::support::on_old(kind, $version, super::$test);
                }
            )+
        }
    };
}

mod letters;
mod mailboxes;
mod newer;
mod numbers;
mod pictures;
mod rebuilt;
mod released;
mod search;
mod test_cards;
mod wide;

on_both_old_databases!(5: orders_and_accounts_of_the_first_version_live_on);

/// Status of an order and its payment, method, and units of the variant it holds.
const ORDERS: [(&str, &str, &str); 12] = [
    ("pending_payment", "pending", "test_card"),
    ("paid", "captured", "test_card"),
    ("paid", "due", "cash_on_delivery"),
    ("packed", "captured", "test_card"),
    ("shipped", "due", "cash_on_delivery"),
    ("delivered", "captured", "test_card"),
    ("cancelled", "declined", "test_card"),
    ("cancelled", "void", "cash_on_delivery"),
    ("cancelled", "refunded", "test_card"),
    // The node stopped before the money went back.
    ("cancelled", "captured", "test_card"),
    ("refunded", "refunded", "test_card"),
    ("refunded", "due", "cash_on_delivery"),
];

async fn write(db: &Db, statements: &[String]) {
    let mut tx = db.begin().await.unwrap();
    for statement in statements {
        let written = Sql::new(statement).execute(&mut *tx).await;
        written.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    tx.commit().await.unwrap();
}

fn id(n: usize) -> String {
    format!("00000000-0000-7000-8000-{n:012}")
}

/// One product with two variants; each order has a unit of the one and two of the other, and 490
/// for delivery.
fn goods() -> Vec<String> {
    let mut all = vec![format!(
        "INSERT INTO products (id, slug, title, active, created_at, updated_at) \
         VALUES ('p', 'rope', 'Rope', 1, {START}, {START})"
    )];
    all.push(
        "INSERT INTO product_options (product_id, position, name, key) \
         VALUES ('p', 1, 'Length', 'length')"
            .to_owned(),
    );
    let standing = ORDERS.iter().filter(|order| order.0 != "cancelled").count();
    for (variant, units) in [("a", 1), ("b", 2)] {
        let sold = standing * units;
        all.push(format!(
            "INSERT INTO variants (id, product_id, position, option1, price_minor, stock, sold) \
             VALUES ('{variant}', 'p', {units}, '{variant}', 1000, {}, {sold})",
            100 - sold
        ));
        all.push(format!(
            "INSERT INTO stock_movements (id, variant_id, delta, reason, created_at) \
             VALUES ('first-{variant}', '{variant}', 100, 'initial', {START})"
        ));
    }
    all
}

fn an_order(n: usize, (status, payment, method): (&str, &str, &str)) -> Vec<String> {
    let (id, at) = (id(n), START + n as i64);
    let reason = match status {
        "cancelled" => "'cancelled_by_staff'",
        _ => "NULL",
    };
    let mut all = vec![
        format!(
            "INSERT INTO orders (id, number, token, checkout_key, cart_id, email, status, \
             cancel_reason, currency, subtotal_minor, shipping_minor, tax_minor, total_minor, \
             shipping_method, payment_method, created_at, updated_at) VALUES ('{id}', 'HF-{n}', \
             't{n}', 'k{n}', 'c', 'kim@example.com', '{status}', {reason}, 'EUR', 3000, 490, 557, \
             3490, 'standard', '{method}', {at}, {at} + 5)"
        ),
        format!(
            "INSERT INTO order_addresses (order_id, name, address_line1, postal_code, city, \
             country) VALUES ('{id}', 'Kim Marten', 'Quay 7', '20457', 'Hamburg', 'DE')"
        ),
        format!(
            "INSERT INTO payments (id, order_id, provider, status, amount_minor, created_at, \
             updated_at) VALUES ('pay{n}', '{id}', '{method}', '{payment}', 3490, {at}, {at} + 3)"
        ),
    ];
    if ["captured", "refunded"].contains(&payment) {
        let back = if payment == "refunded" { 3490 } else { 0 };
        all.push(format!(
            "INSERT INTO test_card_charges (idempotency_key, status, amount_minor, \
             refunded_minor, created_at) VALUES ('{id}', 'captured', 3490, {back}, {at})"
        ));
    }
    for (position, variant, units) in [(0, "a", 1), (1, "b", 2)] {
        all.push(format!(
            "INSERT INTO order_lines (order_id, position, variant_id, product_slug, title, \
             unit_price_minor, quantity) \
             VALUES ('{id}', {position}, '{variant}', 'rope', 'Rope', 1000, {units})"
        ));
        let mut moved = vec![("sale", -units)];
        if status == "cancelled" {
            moved.push(("cancellation", units));
        }
        for (reason, delta) in moved {
            all.push(format!(
                "INSERT INTO stock_movements (id, variant_id, delta, reason, order_id, created_at) \
                 VALUES ('{reason}{n}{variant}', '{variant}', {delta}, '{reason}', '{id}', {at})"
            ));
        }
    }
    all
}

async fn orders_and_accounts_of_the_first_version_live_on(shop: TestShop) {
    let db = shop.db();
    let session = new_secret();
    let mut old = goods();
    for (n, order) in ORDERS.into_iter().enumerate() {
        old.extend(an_order(n, order));
    }
    old.push(format!(
        "INSERT INTO accounts (id, email, password_hash, role, created_at) \
         VALUES ('kim', 'kim@example.com', 'x', 'admin', {START})"
    ));
    old.push(format!(
        "INSERT INTO sessions (token_hash, account_id, created_at, last_seen_at, expires_at) \
         VALUES ('{}', 'kim', {START}, {START}, {START} + 1000000)",
        hash_secret(&session)
    ));
    write(db, &old).await;

    db.migrate()
        .await
        .expect("the schema is brought up to date");
    assert_stock_adds_up(db).await;
    let choices = "SELECT COUNT(*) AS n FROM product_choices \
                   WHERE product_id = 'p' AND name = 'Length' AND value IN ('a', 'b')";
    assert_eq!(shop.number(choices).await, 2, "lists count what there was");
    assert!(who(&shop, &session).await.is_some(), "still signed in");
    let kim = store::session(db, shop.now(), &session).await.unwrap();
    let kim = kim.unwrap().account;

    let desk = &shop.shop().order_desk;
    for (n, (status, payment, method)) in ORDERS.into_iter().enumerate() {
        let order = desk.order(&id(n)).await.unwrap();
        let told = |kind: EventKind| order.events.iter().any(|event| event.kind == kind);
        assert_eq!(order.order.status.as_str(), status, "{n}");
        let refunds: Vec<_> = order
            .refunds
            .iter()
            .map(|refund| (refund.status.as_str(), refund.amount_minor))
            .collect();
        let expected = match (status, payment) {
            ("cancelled" | "refunded", "refunded") => vec![("returned", 3490)],
            ("cancelled", "captured") => vec![("owed", 3490)],
            ("refunded", "due") => vec![("waived", 3490)],
            _ => vec![],
        };
        assert_eq!(refunds, expected, "{n} {status} {payment} {method}");
        assert_eq!(told(EventKind::Refund), !expected.is_empty(), "{n}");
        assert_eq!(
            order.due_minor() > 0,
            payment == "due" && status != "refunded"
        );
        if let Some(kind) = EventKind::parse(status) {
            assert_eq!(told(kind), (status, payment) != ("paid", "due"), "{n}");
        }
    }
    // What was owed is paid back now, and what is placed goes on.
    shop.services.run_maintenance().await;
    let order = desk.order(&id(9)).await.unwrap();
    assert_eq!(order.refunds[0].status.as_str(), "returned");
    assert_eq!(order.order.payment_status.as_str(), "refunded");
    desk.pack(&kim, &id(1)).await.unwrap();
    desk.deliver(&kim, &id(4)).await.unwrap();
    desk.receive(&kim, &id(4)).await.unwrap();
    let cancelled = shop.shop().orders.cancel(&kim, &id(2)).await.unwrap();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert_stock_adds_up(db).await;
}

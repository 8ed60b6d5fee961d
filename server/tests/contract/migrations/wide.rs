//! The migration that gave orders, carts and stock their dense shape: a shop with orders in every state
//! goes on as if nothing had happened.

use std::collections::BTreeMap;

use app::{
    checkout::types::PlaceOrder,
    error::ErrorKind,
    orders::{
        payment::PaymentStatus,
        types::{OrderStatus, Parcel},
    },
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use server::{
    cart::token,
    db::{Db, Get, Sql},
    ids::new_order_token,
};
use sha2::{Digest, Sha256};

use super::write;
use crate::support::{TestShop, assert_stock_adds_up, cash, contact, order};

on_both_old_databases!(18:
    a_shop_with_orders_in_every_state_goes_on,
    what_waited_for_money_is_settled,
    links_and_cookies_of_before_still_lead_there,
);

const SHOP: &str = include_str!("shop_of_18.sql");
const AUDIT: &str = include_str!("audit_of_18.sql");

/// The shop with orders in every state.
pub async fn fill(db: &Db) {
    let statements: Vec<String> = SHOP
        .lines()
        .filter(|line| line.starts_with("INSERT") || line.starts_with("UPDATE"))
        .map(str::to_owned)
        .collect();
    write(db, &statements).await;
}

/// As the fixture makes its secrets.
fn secret(name: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("secret of {name}")))
}

/// What the audit of that version found.
pub async fn found_before(db: &Db) -> Vec<String> {
    let mut found = Vec::new();
    let rules = AUDIT.split(";\n").filter(|rule| rule.contains("SELECT"));
    for rule in rules {
        for row in Sql::new(rule).fetch_all(db.reader()).await.unwrap() {
            found.push(format!("{rule}: {}", row.text("subject").unwrap()));
        }
    }
    found
}

/// Sums that are the same before and after, each with the statement that finds it before and the one
/// that finds it after.
const SUMS: [(&str, &str, &str); 16] = [
    (
        "totals",
        "SELECT SUM(total_minor + 3 * subtotal_minor + 7 * shipping_minor + 11 * tax_minor) FROM orders",
        "SELECT SUM(total_minor + 3 * subtotal_minor + 7 * shipping_minor + 11 * tax_minor) FROM orders",
    ),
    (
        "units",
        "SELECT SUM(quantity) FROM order_lines",
        "SELECT SUM(units) FROM orders",
    ),
    (
        "lines",
        "SELECT SUM(quantity * unit_price_minor + refunded + restocked) FROM order_lines",
        "SELECT SUM(quantity * unit_price_minor + refunded + restocked) FROM order_lines",
    ),
    (
        "refunded",
        "SELECT SUM(refunded_minor) FROM payments",
        "SELECT SUM(refunded_minor) FROM orders",
    ),
    (
        "due",
        "SELECT SUM(amount_minor - refunded_minor) FROM payments WHERE status = 'due'",
        "SELECT SUM(total_minor - refunded_minor) FROM orders WHERE payment_status = 'due'",
    ),
    (
        "paid",
        "SELECT (SELECT SUM(amount_minor) FROM payments WHERE status IN ('captured', 'refunded')) \
         - (SELECT SUM(r.amount_minor) FROM refunds r JOIN payments w \
           ON w.order_id = r.order_id WHERE r.status = 'waived' AND w.status = 'captured')",
        "SELECT SUM(captured_minor) FROM orders",
    ),
    (
        "charged",
        "SELECT SUM(amount_minor + refunded_minor) FROM payments WHERE provider = 'test_card' \
         AND status IN ('captured', 'refunded')",
        "SELECT SUM(captured_minor + refunded_minor) FROM payment_attempts",
    ),
    (
        "cards",
        "SELECT COUNT(*) FROM payments WHERE provider = 'test_card'",
        "SELECT COUNT(*) FROM payment_attempts",
    ),
    (
        "stock",
        "SELECT SUM(stock + 1000 * sold) FROM variants",
        "SELECT SUM(stock + 1000 * sold) FROM variants",
    ),
    (
        "movements",
        "SELECT SUM(delta) + 1000 * COUNT(*) FROM stock_movements",
        "SELECT SUM(delta) + 1000 * COUNT(*) FROM stock_movements",
    ),
    (
        "sales",
        "SELECT SUM(delta) FROM stock_movements WHERE reason = 'sale'",
        "SELECT -SUM(taken) FROM order_lines",
    ),
    (
        "carts",
        "SELECT SUM(quantity * unit_price_minor) + SUM(added_at) FROM cart_lines",
        "SELECT SUM(quantity * unit_price_minor) + SUM(added_at) FROM cart_lines",
    ),
    (
        "drafts",
        "SELECT COUNT(*) FROM checkouts",
        "SELECT COUNT(*) FROM carts WHERE draft IS NOT NULL",
    ),
    (
        "parcels",
        "SELECT SUM(l.quantity) FROM fulfilments f JOIN order_lines l ON l.order_id = f.order_id",
        "SELECT SUM(quantity) FROM fulfilment_lines",
    ),
    (
        "refunds",
        "SELECT SUM(amount_minor + number) FROM refunds",
        "SELECT SUM(amount_minor + number) FROM refunds",
    ),
    (
        "events",
        "SELECT SUM(at) FROM order_events",
        "SELECT SUM(at) FROM order_events",
    ),
];

async fn sum(shop: &TestShop, what: &str) -> i64 {
    shop.number(&format!("SELECT CAST(({what}) AS BIGINT) AS n"))
        .await
}

/// The state of each order and its payment.
async fn states(shop: &TestShop, sql: &str) -> BTreeMap<String, (String, String, i64)> {
    let rows = Sql::new(sql).fetch_all(shop.db().reader()).await.unwrap();
    let text = |row: &sqlx::any::AnyRow, column: &str| row.text(column).unwrap();
    rows.iter()
        .map(|row| {
            let state = (
                text(row, "status"),
                text(row, "payment").replace("void", "voided"),
                row.int("total_minor").unwrap(),
            );
            (text(row, "id"), state)
        })
        .collect()
}

async fn a_shop_with_orders_in_every_state_goes_on(shop: TestShop) {
    let db = shop.db();
    fill(shop.db()).await;
    assert_eq!(found_before(db).await, [""; 0]);
    let mut before = Vec::new();
    for (name, old, _) in SUMS {
        before.push((name, sum(&shop, old).await));
    }
    let orders = states(
        &shop,
        "SELECT o.id, o.status, p.status AS payment, o.total_minor FROM orders o \
         JOIN payments p ON p.order_id = o.id",
    )
    .await;
    assert_eq!(orders.len(), 25);
    // The first is new with it.
    for status in &OrderStatus::ALL[1..] {
        let has_one = orders.values().any(|order| order.0 == status.as_str());
        assert!(has_one, "none is {}", status.as_str());
    }

    db.migrate()
        .await
        .expect("the schema is brought up to date");
    assert_stock_adds_up(db).await;
    for ((name, was), (_, _, new)) in before.into_iter().zip(SUMS) {
        assert_eq!(sum(&shop, new).await, was, "{name}");
    }
    let desk = &shop.shop().order_desk;
    for (id, (status, payment, total_minor)) in &orders {
        let order = desk.order(id).await.unwrap().order;
        assert_eq!(order.status.as_str(), status, "{id}");
        assert_eq!(order.payment_status.as_str(), payment, "{id}");
        assert_eq!(order.total_minor, *total_minor, "{id}");
        assert_eq!(order.contact.country, "DE", "{id}");
        let is_sent = matches!(order.status, OrderStatus::Shipped | OrderStatus::Delivered);
        assert!(order.parcel.is_some() || !is_sent, "{id}");
    }
    // Old words are gone, and what cash had as a payment of its own.
    let left = "SELECT COUNT(*) AS n FROM payment_attempts WHERE provider = 'cash_on_delivery'";
    assert_eq!(shop.number(left).await, 0);

    // What is placed goes on by hand, to its end.
    let lee = shop.admin().await;
    let of = |status: OrderStatus, payment: PaymentStatus| {
        let mut standing = orders
            .iter()
            .filter(move |(_, order)| order.0 == status.as_str() && order.1 == payment.as_str());
        standing.next().expect("there is one").0.clone()
    };
    let packed = of(OrderStatus::Packed, PaymentStatus::Captured);
    let parcel = Parcel {
        carrier: "DHL".to_owned(),
        tracking_number: "1".to_owned(),
    };
    desk.ship(&lee, &packed, parcel).await.unwrap();
    desk.deliver(&lee, &packed).await.unwrap();
    let due = of(OrderStatus::Shipped, PaymentStatus::Due);
    desk.deliver(&lee, &due).await.unwrap();
    let received = desk.receive(&lee, &due).await.unwrap();
    assert_eq!(received.payment_status, PaymentStatus::Captured);
    let paid = of(OrderStatus::Paid, PaymentStatus::Captured);
    let cancelled = shop.shop().orders.cancel(&lee, &paid).await.unwrap();
    assert_eq!(cancelled.payment_status, PaymentStatus::Refunded);
    assert_stock_adds_up(db).await;
}

async fn what_waited_for_money_is_settled(shop: TestShop) {
    fill(shop.db()).await;
    shop.db().migrate().await.unwrap();
    let waiting = "SELECT COUNT(*) AS n FROM orders WHERE status = 'pending_payment'";
    let unclear = "SELECT COUNT(*) AS n FROM payment_attempts WHERE status = 'pending'";
    let owed = "SELECT COUNT(*) AS n FROM refunds WHERE status = 'owed'";
    let timeless = "SELECT COUNT(*) AS n FROM payment_attempts WHERE captured_minor > 0 \
        AND captured_at IS NULL OR status = 'voided' AND voided_at IS NULL";
    assert_eq!(shop.number(timeless).await, 0, "what was taken has a time");
    assert_eq!(shop.number(waiting).await, 1);
    assert_eq!(shop.number(unclear).await, 2);
    assert_eq!(shop.number(owed).await, 2);
    shop.services.run_maintenance().await;
    for open in [waiting, unclear, owed] {
        assert_eq!(shop.number(open).await, 0, "{open}");
    }
    let agree = "SELECT COUNT(*) AS n FROM payment_attempts p JOIN test_card_charges c \
        ON c.idempotency_key = p.order_id \
        WHERE p.captured_minor <> CASE WHEN c.status = 'captured' THEN c.amount_minor ELSE 0 END \
        OR p.refunded_minor <> c.refunded_minor";
    assert_eq!(shop.number(agree).await, 0, "the bank has the same books");
    assert_stock_adds_up(shop.db()).await;
}

async fn links_and_cookies_of_before_still_lead_there(shop: TestShop) {
    fill(shop.db()).await;
    shop.db().migrate().await.unwrap();
    let (orders, carts) = (&shop.shop().orders, &shop.shop().cart);
    let link = secret("order paid by card");
    let order_of_link = orders.by_token(&link).await.unwrap();
    assert_eq!(order_of_link.contact.email, "kim@example.com");
    assert_eq!(order_of_link.token, link, "the next mail has the same link");
    // What begins like a token of today, and is not the order's.
    for other in [new_order_token(&order_of_link.id), secret("anything else")] {
        let refused = orders.by_token(&other).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
    }

    let cookie = secret("guest's cookie");
    let cart = carts.view(Some(&cookie)).await.unwrap();
    let held: Vec<_> = cart.lines.iter().map(|l| (&*l.title, l.quantity)).collect();
    assert_eq!(held, [("Lamp", 2), ("Rope", 1)]);
    let copy = carts.view(Some(&secret("guest's old cookie"))).await;
    assert_eq!(copy.unwrap().count, 2);
    let kim = "SELECT id FROM accounts WHERE email = 'kim@example.com'";
    let kim = Sql::new(kim).fetch_one(shop.db().reader()).await.unwrap();
    let kim = token::of_account(&kim.text("id").unwrap());
    assert_eq!(carts.view(Some(&kim)).await.unwrap().count, 1);
    let expired = carts.view(Some(&secret("an expired cart"))).await;
    assert_eq!(expired.unwrap().count, 0);

    // What was typed is there, and the key under which the order was about to be placed.
    let checkout = &shop.shop().checkout;
    let view = checkout.view(Some(&cookie)).await.unwrap();
    assert_eq!(view.checkout_key, secret("key of guest"));
    let typed = view.draft.contact.unwrap();
    assert_eq!(typed.name, "Vic O'Hara");
    let about_to = PlaceOrder {
        checkout_key: view.checkout_key,
        contact: typed,
        shipping: "standard".to_owned(),
        ..order(cash(), 7390)
    };
    let placed = shop.place(&cookie, about_to.clone()).await.unwrap();
    let again = shop.place(&cookie, about_to).await.unwrap();
    assert_eq!(again.order_number, placed.order_number);
    let link = &shop.order(&placed).await.token;
    assert_ne!(link.len(), 0);
    assert_eq!(
        orders.by_token(link).await.unwrap().number,
        placed.order_number
    );
    assert_eq!(carts.view(Some(&cookie)).await.unwrap().count, 0);

    // An order of before is found under its key, too: its form is sent again.
    let old = secret("cart declined");
    let repeated = PlaceOrder {
        checkout_key: secret("key declined"),
        contact: contact(),
        ..order(cash(), 1)
    };
    let answer = shop.place(&old, repeated).await.unwrap_err();
    assert_eq!(answer.kind, ErrorKind::PaymentDeclined);
}

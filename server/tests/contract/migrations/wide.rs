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
    db::{Db, Dialect, Get, Sql},
    ids::new_order_token,
};
use sha2::{Digest, Sha256};

use super::write;
use crate::support::{TestShop, assert_stock_adds_up, cash, contact, order, rows};

on_both_old_databases!(18:
    a_shop_with_orders_in_every_state_goes_on,
    what_waited_for_money_is_settled,
    links_and_cookies_of_before_still_lead_there,
    an_older_server_writes_nothing,
    stopped_in_the_middle_it_begins_again,
    a_new_word_takes_no_rebuild,
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
async fn found_before(db: &Db) -> Vec<String> {
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

/// Statements of the server before: each of its transactions that writes orders, money, carts, stock or
/// products has one of them.
const OF_BEFORE: [&str; 13] = [
    "INSERT INTO order_addresses (order_id, name, address_line1, postal_code, city, country) \
     SELECT id, 'Kim', 'Quay 7', '20457', 'Hamburg', 'DE' FROM orders",
    "INSERT INTO payments (id, order_id, provider, status, amount_minor, created_at, updated_at) \
     SELECT id, id, 'test_card', 'pending', 1, 1, 1 FROM orders",
    "UPDATE payments SET status = 'captured', reference = 'x' WHERE status = 'pending'",
    "UPDATE payments SET refunded_minor = amount_minor",
    "INSERT INTO stock_movements (id, variant_id, delta, reason, created_at) \
     SELECT 'x', id, 1, 'import', 1 FROM variants",
    "INSERT INTO cart_lines (cart_id, variant_id, quantity, unit_price_minor, title, added_at) \
     SELECT id, 'x', 1, 1, 'x', 1 FROM carts",
    "UPDATE cart_lines SET quantity = 1",
    "DELETE FROM cart_lines",
    "DELETE FROM checkouts",
    "UPDATE checkouts SET draft = '{}'",
    "INSERT INTO fulfilments (id, order_id, carrier, tracking_number, shipped_at) \
     SELECT id, id, '', '', 1 FROM orders",
    "UPDATE products SET in_stock = 0",
    "DELETE FROM variants",
];

async fn an_older_server_writes_nothing(shop: TestShop) {
    let db = shop.db();
    fill(shop.db()).await;
    db.migrate().await.unwrap();
    let before = rows(db).await;
    for statement in OF_BEFORE {
        let mut tx = db.begin().await.unwrap();
        let written = Sql::new(statement).execute(&mut *tx).await;
        assert!(written.is_err(), "{statement}");
        tx.rollback().await.unwrap();
    }
    assert_eq!(rows(db).await, before);
}

const OF_SQLITE: &str = include_str!("../../../../migrations/sqlite/0020_orders.sql");
const OF_POSTGRES: &str = include_str!("../../../../migrations/postgres/0020_orders.sql");

async fn stopped_in_the_middle_it_begins_again(shop: TestShop) {
    let db = shop.db();
    fill(shop.db()).await;
    db.migrate_to(19).await.unwrap();
    let before = rows(db).await;
    if db.dialect() == Dialect::Sqlite {
        let empty = Sql::new("PRAGMA wal_checkpoint(TRUNCATE)");
        empty.fetch_all(db.control()).await.unwrap();
    }
    // The whole of it, of which nothing is committed.
    let mut tx = db.begin().await.unwrap();
    match db.dialect() {
        // What the disk holds at this moment is what a process that is killed leaves behind.
        Dialect::Sqlite => {
            // So little is kept in memory that most of it is on the disk by then.
            let little = Sql::new("PRAGMA cache_size = 10").fetch_all(&mut *tx).await;
            little.unwrap();
            sqlx::Executor::execute(&mut *tx, OF_SQLITE).await.unwrap();
            let file = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let file = Sql::new(file).fetch_one(&mut *tx).await.unwrap();
            let file = file.text("file").unwrap();
            let folder = tempfile::tempdir().unwrap();
            let copy = folder.path().join("shop.db");
            for end in ["", "-wal"] {
                let to = format!("{}{end}", copy.display());
                std::fs::copy(format!("{file}{end}"), to).unwrap();
            }
            let left = std::fs::metadata(format!("{file}-wal")).unwrap().len();
            assert!(left > 100_000, "half of it is there: {left} bytes");
            tx.rollback().await.unwrap();
            let url = format!("sqlite://{}", copy.display());
            let killed = Db::connect(&url).await.unwrap();
            assert_eq!(rows(&killed).await, before);
            assert_eq!(found_before(&killed).await, [""; 0]);
            killed.migrate().await.expect("it begins again");
            assert_stock_adds_up(&killed).await;
            killed.close().await;
        }
        Dialect::Postgres => {
            sqlx::Executor::execute(&mut *tx, OF_POSTGRES)
                .await
                .unwrap();
            let own = "SELECT CAST(pg_backend_pid() AS BIGINT) AS n";
            let own = Sql::new(own).fetch_one(&mut *tx).await.unwrap();
            let end = format!(
                "SELECT COUNT(pg_terminate_backend({})) AS n",
                own.int("n").unwrap()
            );
            // Its tables are locked, so no statement of the shop's gets past it before it is gone.
            let ended = Sql::new(&end).fetch_one(db.control()).await.unwrap();
            assert_eq!(ended.int("n").unwrap(), 1);
            assert!(tx.commit().await.is_err(), "it is gone");
        }
    }
    assert_eq!(rows(db).await, before);
    assert_eq!(found_before(db).await, [""; 0]);
    db.migrate().await.expect("it begins again");
    assert_stock_adds_up(db).await;
}

async fn a_new_word_takes_no_rebuild(shop: TestShop) {
    let db = shop.db();
    fill(shop.db()).await;
    db.migrate().await.unwrap();
    let set = "UPDATE orders SET payment_status = 'chargeback' WHERE payment_status = 'declined'";
    let tried = async || {
        let mut tx = db.begin().await.unwrap();
        let written = Sql::new(set).execute(&mut *tx).await;
        tx.rollback().await.unwrap();
        written
    };
    tried().await.expect_err("it is no word yet");
    let change: &[&str] = match db.dialect() {
        Dialect::Sqlite => &[
            "DROP TRIGGER orders_payment_status_next_word",
            "CREATE TRIGGER orders_payment_status_next_word BEFORE UPDATE OF payment_status ON orders \
             WHEN NEW.payment_status NOT IN ('captured', 'chargeback') \
             BEGIN SELECT RAISE(ABORT, 'orders_payment_status_word: no such word'); END",
        ],
        Dialect::Postgres => &[
            "ALTER TABLE orders DROP CONSTRAINT orders_payment_status_word",
            "ALTER TABLE orders ADD CONSTRAINT orders_payment_status_word CHECK (payment_status IN \
             ('pending', 'due', 'authorised', 'captured', 'declined', 'voided', 'refunded', \
             'disputed', 'chargeback')) NOT VALID",
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_payment_status_word",
        ],
    };
    for statement in change {
        shop.execute(statement).await;
    }
    assert_eq!(tried().await.unwrap(), 1);
}

//! What must hold after any sale, whatever happened in its midst.

use std::collections::BTreeMap;

use server::{
    db::{Get, Sql},
    store::Store,
};

use super::{node::Node, shopper::Shopper};

/// An order as the database has it.
struct Kept {
    number: String,
    total: i64,
    /// What its lines come to.
    lines: i64,
    units: i64,
    /// Units that left the shelf for it, where those that were kept for someone are put first.
    moved: i64,
    /// Tries at a provider, and how many there should be: none for cash.
    payments: i64,
    wanted: i64,
}

/// Fails unless the shop's own audit is content, nothing exists by halves, and every shopper was
/// told the truth: who was told of an order has exactly that one, whole, and who was only refused
/// has none.
pub async fn assert_books_agree(db: &Store, node: &Node, shoppers: &[Shopper]) {
    // It takes seconds on a busy machine, and other sales may be going on in this task.
    let settings = node.settings().clone();
    let audit = tokio::task::spawn_blocking(move || settings.run(&["check"]));
    let audit = audit.await.expect("the audit runs");
    assert!(
        audit.status.success(),
        "`server audit`: {}{}",
        String::from_utf8_lossy(&audit.stdout),
        String::from_utf8_lossy(&audit.stderr)
    );
    assert_nothing_by_halves(db).await;
    let orders = orders_by_key(db).await;
    for shopper in shoppers {
        let key = &shopper.key;
        let told: Vec<_> = shopper.told.iter().collect();
        match (told.as_slice(), orders.get(key)) {
            ([told], Some(order)) => {
                assert_eq!(order.number, told.number, "the order of {key}");
                assert_eq!(order.total, told.total_minor, "the total of {key}");
                assert_eq!(order.lines, order.total, "the lines of {key}");
                assert!(order.units > 0, "the order of {key} is of something");
                assert_eq!(order.moved, order.units, "units moved for {key}");
                assert_eq!(order.payments, order.wanted, "payments for {key}");
            }
            ([], None) => {}
            ([], Some(order)) => assert!(
                shopper.refusal.is_none(),
                "{key} was refused ({:?}) and has the order {}",
                shopper.refusal,
                order.number
            ),
            (told, kept) => panic!(
                "{key} was told of {told:?}, and the shop has {:?}",
                kept.map(|order| &order.number)
            ),
        }
    }
}

async fn assert_nothing_by_halves(db: &Store) {
    for (what, sql) in [
        (
            "variants whose movements do not add up to their stock, or below zero",
            "SELECT v.id AS subject FROM variants v WHERE v.stock < 0 OR v.stock <> \
             (SELECT COALESCE(SUM(m.delta), 0) FROM stock_movements m WHERE m.variant_id = v.id)",
        ),
        (
            "variants whose units in live orders are not those that were taken",
            "SELECT v.id AS subject FROM variants v WHERE \
             (SELECT COALESCE(SUM(l.quantity - l.restocked), 0) FROM order_lines l \
               JOIN orders o ON o.id = l.order_id \
               WHERE l.variant_id = v.id AND o.status <> 'cancelled') <> \
             (SELECT COALESCE(SUM(-m.delta), 0) FROM stock_movements m \
               WHERE m.variant_id = v.id AND m.order_id IS NOT NULL AND m.reason <> 'offer')",
        ),
        (
            "checkout keys with more than one order",
            "SELECT checkout_key AS subject FROM orders GROUP BY checkout_key HAVING COUNT(*) > 1",
        ),
        (
            "carts with more than one order",
            "SELECT cart_id AS subject FROM orders GROUP BY cart_id HAVING COUNT(*) > 1",
        ),
        (
            "orders without lines, address or payment",
            "SELECT id AS subject FROM orders WHERE id NOT IN (SELECT order_id FROM order_lines) \
             OR name = '' OR country = '' OR (payment_status <> 'due' \
             AND id NOT IN (SELECT order_id FROM payment_attempts))",
        ),
        (
            "movements, lines or payments without their order",
            "SELECT m.order_id AS subject FROM stock_movements m WHERE m.order_id IS NOT NULL \
               AND m.order_id NOT IN (SELECT id FROM orders) \
             UNION ALL SELECT order_id FROM order_lines WHERE order_id NOT IN (SELECT id FROM orders) \
             UNION ALL SELECT order_id FROM payment_attempts WHERE order_id NOT IN (SELECT id FROM orders)",
        ),
    ] {
        let rows = Sql::new(sql).fetch_all(db.reader()).await;
        let found: Vec<String> = rows
            .expect("the books can be read")
            .iter()
            .map(|row| row.text("subject").expect("it is a text"))
            .collect();
        assert!(found.is_empty(), "{what}: {found:?}");
    }
}

async fn orders_by_key(db: &Store) -> BTreeMap<String, Kept> {
    let rows = Sql::new(
        "SELECT o.checkout_key, o.number, o.total_minor, \
         CAST((SELECT COALESCE(SUM(l.unit_price_minor * l.quantity), 0) FROM order_lines l \
           WHERE l.order_id = o.id) + o.shipping_minor AS BIGINT) AS lines, \
         CAST((SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l \
           WHERE l.order_id = o.id) AS BIGINT) AS units, \
         CAST((SELECT COALESCE(SUM(-m.delta), 0) FROM stock_movements m \
           WHERE m.order_id = o.id AND m.reason <> 'offer') AS BIGINT) AS moved, \
         (SELECT COUNT(*) FROM payment_attempts p WHERE p.order_id = o.id \
           AND p.amount_minor = o.total_minor) AS payments, \
         CASE WHEN o.payment_method = 'cash_on_delivery' THEN 0 ELSE 1 END AS wanted FROM orders o",
    )
    .fetch_all(db.reader())
    .await
    .expect("orders can be read");
    let kept = rows.iter().map(|row| {
        let int = |column| row.int(column).expect("it is a number");
        let text = |column| row.text(column).expect("it is a text");
        let kept = Kept {
            number: text("number"),
            total: int("total_minor"),
            lines: int("lines"),
            units: int("units"),
            moved: int("moved"),
            payments: int("payments"),
            wanted: int("wanted"),
        };
        (text("checkout_key"), kept)
    });
    kept.collect()
}

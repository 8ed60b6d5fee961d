//! A shop from before orders were confirmed.

use app::orders::types::OrderStatus;

use crate::support::{Kind, START, TestShop, run_at};

/// The last schema without confirmations.
const BEFORE: i64 = 33;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_that_are_there_stay_as_they_are() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, BEFORE, upgraded).await;
    }
}

/// An order on delivery of one rope, as it was placed then.
async fn place(shop: &TestShop, id: &str, status: &str) {
    let (subtotal, at) = (1000, START);
    for sql in [
        format!(
            "INSERT INTO orders (id, number, token, checkout_key, cart_id, status, currency, units, \
             subtotal_minor, shipping_minor, tax_minor, total_minor, payment_method, payment_status, \
             shipping_method, email, email_key, name, address_line1, postal_code, city, country, \
             created_at, updated_at) VALUES ('{id}', 'HF-{status}', 't', 'k-{status}', 'c', 'paid', \
             'EUR', 1, {subtotal}, 0, 160, {subtotal}, 'cash_on_delivery', 'due', 'pickup', \
             'Kim+rope@example.com', 'kim+rope@example.com', 'Kim Marten', 'Quay 7', '20457', 'Hamburg', 'DE', \
             {at}, {at})"
        ),
        format!(
            "INSERT INTO order_lines (order_id, position, variant_id, product_slug, title, \
             variant_title, sku, unit_price_minor, quantity, taken, created_at) VALUES ('{id}', 0, \
             'v', 'rope', 'Rope', '', '', {subtotal}, 1, 1, {at})"
        ),
        "UPDATE variants SET stock = stock - 1, sold = sold + 1".to_owned(),
    ] {
        shop.execute(&sql).await;
    }
}

async fn upgraded(shop: TestShop) {
    for sql in [
        format!(
            "INSERT INTO products (id, slug, title, active, created_at, updated_at) \
             VALUES ('p', 'rope', 'Rope', 1, {START}, {START})"
        ),
        "INSERT INTO variants (id, product_id, position, price_minor, stock) \
         VALUES ('v', 'p', 1, 1000, 10)"
            .to_owned(),
        format!(
            "INSERT INTO stock_entries (id, variant_id, delta, reason, created_at) \
             VALUES ('e', 'v', 10, 'initial', {START})"
        ),
    ] {
        shop.execute(&sql).await;
    }
    let first = "01997000-0000-7000-8000-000000000001";
    let second = "01997000-0000-7000-8000-000000000002";
    place(&shop, first, "first").await;
    place(&shop, second, "second").await;
    shop.execute(&format!(
        "UPDATE orders SET status = 'packed' WHERE id = '{second}'"
    ))
    .await;
    shop.execute(&format!(
        "INSERT INTO order_events (id, order_id, kind, at, text) \
         VALUES ('packed', '{second}', 'packed', {START}, '')"
    ))
    .await;
    shop.db().migrate().await.unwrap();
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 0);
    for (id, status) in [(first, OrderStatus::Paid), (second, OrderStatus::Packed)] {
        let order = shop.shop().orders.by_id(id).await.unwrap();
        assert_eq!((order.status, order.confirm_by), (status, None));
    }
    // What is open counts for the mailbox.
    let counted = "SELECT COUNT(*) AS n FROM orders WHERE mailbox = 'kim@example.com'";
    assert_eq!(shop.number(counted).await, 2);
    // From now on guests are asked.
    let rules = shop.shop().cash.settings().await.unwrap();
    assert_eq!((rules.minutes, rules.most_open), (30, Some(3)));
    // Cards show what there is, which the audit of the test looks at.
    shop.execute("UPDATE products SET variant_count = 1, buyable = 1")
        .await;
}

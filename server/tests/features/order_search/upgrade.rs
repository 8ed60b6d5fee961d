//! A shop from before orders were indexed.

use app::orders::ports::{OrderFilter, OrderSort};
use desk::admin::customers::types::{CustomerFilter, List};
use server::orders::sums;

use super::{INDEXED, WAITING, by, index, listed};
use crate::support::{Kind, MINUTE, START, TestShop, run_at};

/// The last schema without an index of parts.
const BEFORE: i64 = 60;

const FIRST: &str = "01997000-0000-7000-8000-000000000001";
const SECOND: &str = "01997000-0000-7000-8000-000000000002";
const ACCOUNT: &str = "01997000-0000-7000-8000-000000000003";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_there_before_is_found_at_once_and_then_indexed() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, BEFORE, upgraded).await;
    }
}

/// An account, and two orders of a rope that are not paid for. Today's code may need columns that are newer.
fn from_before() -> Vec<String> {
    let mut all = vec![
        format!(
            "INSERT INTO products (id, slug, title, active, created_at, updated_at) \
             VALUES ('p', 'rope', 'Rope', 1, {START}, {START})"
        ),
        "INSERT INTO variants (id, product_id, position, price_minor, stock) \
         VALUES ('v', 'p', 1, 1000, 10)"
            .to_owned(),
        format!(
            "INSERT INTO accounts (id, email, search_key, password_hash, role, created_at) \
             VALUES ('{ACCOUNT}', 'lisa@example.com', 'lisa@example.com', 'x', 'customer', {START})"
        ),
        // Of an order that is over.
        "INSERT INTO unpaid_holders (holder, order_id) VALUES ('h', 'gone')".to_owned(),
    ];
    for (id, name, at) in [(FIRST, "first", START), (SECOND, "second", START + MINUTE)] {
        all.push(format!(
            "INSERT INTO orders (id, number, token, checkout_key, cart_id, status, currency, units, \
             subtotal_minor, shipping_minor, tax_minor, total_minor, payment_method, payment_status, \
             shipping_method, email, email_key, mailbox, search_key, name, address_line1, postal_code, \
             city, country, created_at, updated_at) VALUES ('{id}', 'HF-{name}', 't-{name}', 'k-{name}', \
             'c-{name}', 'paid', 'EUR', 1, 1000, 0, 160, 1000, 'cash_on_delivery', 'due', 'pickup', \
             'kim@example.com', 'kim@example.com', 'kim@example.com', \
             'hf-{name} kim@example.com kim marten', 'Kim Marten', 'Quay 7', '20457', 'Hamburg', 'DE', \
             {at}, {at})"
        ));
        all.push(format!(
            "INSERT INTO order_lines (order_id, position, variant_id, product_slug, title, search_key, \
             unit_price_minor, quantity, taken, created_at) VALUES ('{id}', 0, 'v', 'rope', 'Rope', \
             'rope', 1000, 1, 1, {at})"
        ));
        all.push(format!(
            "INSERT INTO unpaid_holders (holder, order_id) VALUES ('h', '{id}')"
        ));
    }
    all
}

async fn upgraded(shop: TestShop) {
    for sql in from_before() {
        shop.execute(&sql).await;
    }
    shop.db().migrate().await.unwrap();
    let held = format!(
        "SELECT COUNT(*) AS n FROM unpaid_holders WHERE order_id IN ('{FIRST}', '{SECOND}')"
    );
    let holders = "SELECT COUNT(*) AS n FROM unpaid_holders";
    assert_eq!(
        (shop.number(&held).await, shop.number(holders).await),
        (2, 2)
    );
    assert_eq!(
        (shop.number(WAITING).await, shop.number(INDEXED).await),
        (2, 0)
    );
    for _ in 0..2 {
        assert_eq!(listed(&shop, &by("marten")).await, [SECOND, FIRST]);
        let filter = OrderFilter {
            product: Some("rope".to_owned()),
            sort: OrderSort::Lowest,
            ..OrderFilter::default()
        };
        assert_eq!(listed(&shop, &filter).await.len(), 2);
        let filter = CustomerFilter {
            list: List::Accounts,
            text: Some("isa@".to_owned()),
            cursor: None,
        };
        let table = shop.shop().customers.list(&filter).await.unwrap();
        assert_eq!(table.rows[0].id, ACCOUNT);
        index(&shop).await;
    }
    assert_eq!(
        (shop.number(WAITING).await, shop.number(INDEXED).await),
        (0, 2)
    );
    // They were made up by hand, and no books of them would agree.
    for table in ["orders", "variants", "products"] {
        shop.execute(&format!("DELETE FROM {table}")).await;
    }
    assert_eq!(shop.number(INDEXED).await, 0);
    sums::correct(shop.db(), shop.now()).await.unwrap();
}

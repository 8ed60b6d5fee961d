//! A shop from before shipping methods had days.

use server::db::Sql;

use super::dates;
use crate::support::{Goods, Kind, START, TestShop, run_at};

/// The last schema without them.
const BEFORE: i64 = 46;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn methods_and_orders_that_are_there_say_nothing_of_it() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, BEFORE, upgraded).await;
    }
}

async fn upgraded(shop: TestShop) {
    let id = "01997000-0000-7000-8000-000000000001";
    let gone = "01997000-0000-7000-8000-000000000002";
    for (id, method) in [(id, "pickup"), (gone, "by-whale")] {
        shop.execute(&from_before(id, method)).await;
    }
    shop.execute("UPDATE shipping_rates SET name = 'Post' WHERE id = 'express'")
        .await;
    shop.db().migrate().await.unwrap();

    let view = shop.shop().settings_desk.settings().await.unwrap();
    assert_eq!(view.settings.dispatch_by, None);
    let rates: Vec<_> = view
        .rates
        .iter()
        .map(|rate| [&*rate.name, &rate.days_from, &rate.days_to, &rate.handover])
        .collect();
    assert_eq!(
        rates,
        [
            ["Standard", "", "", ""],
            ["Post", "", "", ""],
            ["Pick up in the shop", "", "", "collection"],
        ]
    );
    let order = shop.shop().orders.by_id(id).await.unwrap();
    assert_eq!(dates(order.promise.as_ref()), "nothing");
    // Its method tells how it is handed over, and of the other's nothing is left.
    assert!(order.is_collected());
    let sent = shop.shop().orders.by_id(gone).await;
    assert!(!sent.unwrap().is_collected());
    // What cannot be is refused by the database, too.
    for wrong in [
        "UPDATE shipping_rates SET days_from = 4, days_to = 2",
        "UPDATE shipping_rates SET days_from = 0, days_to = 61",
        "UPDATE shop_settings SET dispatch_by = 1440",
    ] {
        let mut tx = shop.db().begin().await.unwrap();
        let written = Sql::new(wrong).execute(&mut *tx).await;
        assert!(written.is_err(), "{wrong}");
        tx.rollback().await.unwrap();
    }
    // It has no lines, which the audit of the test would look for.
    shop.execute("DELETE FROM orders").await;
    let admin = shop.admin().await;
    super::set(&shop, &admin, 0, ["0", "60"], "23:59").await;
    shop.stock(Goods::named("Rope")).await;
}

/// An order of a shop that knows no days.
fn from_before(id: &str, method: &str) -> String {
    let unique = &id[id.len() - 1..];
    format!(
        "INSERT INTO orders (id, number, token, checkout_key, cart_id, status, currency, units, \
         subtotal_minor, shipping_minor, tax_minor, total_minor, payment_method, payment_status, \
         shipping_method, email, email_key, mailbox, name, address_line1, postal_code, city, country, \
         created_at, updated_at) VALUES ('{id}', 'HF-{unique}', 't{unique}', 'k{unique}', 'c{unique}', 'paid', \
         'EUR', 1, 1000, 0, 160, 1000, 'cash_on_delivery', 'due', '{method}', \
         'kim@example.com', 'kim@example.com', 'kim@example.com', 'Kim Marten', 'Quay 7', '20457', \
         'Hamburg', 'DE', {START}, {START})"
    )
}

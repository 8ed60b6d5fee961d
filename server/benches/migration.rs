//! `cargo bench -p server --bench migration`: how long a shop with a million orders takes to come from
//! schema 18 to the present one, and that its books agree afterwards.
//!
//! `sqlite` or `postgres` on the command line runs one of them; `--orders=100000` takes fewer. A
//! million take some 2 GiB of disk before, and as much again while it runs.

#[path = "load/mod.rs"]
mod load;
#[path = "../tests/rig/mod.rs"]
mod rig;

use std::{process::ExitCode, time::Instant};

use load::{is_bench, is_wanted, number};
use rig::{Durability, Postgres};
use server::{
    db::{Db, Dialect, Sql},
    orders::check::check,
};

const ORDERS: usize = 1_000_000;
/// The schema that they are of.
const OLD: i64 = 18;
/// One of so many was paid by card, has a line in its cart again, was left in the middle of a checkout.
const CARD: usize = 3;
const LINE: usize = 10;
const DRAFT: usize = 20;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    if !is_bench() {
        return ExitCode::SUCCESS;
    }
    let orders = number("orders").unwrap_or(ORDERS);
    println!("| Database | Orders | Schema 18 to the present one | Audit afterwards |");
    println!("| --- | ---: | ---: | ---: |");
    let mut wrong = 0;
    if is_wanted("sqlite") {
        let folder = tempfile::tempdir().expect("there is room");
        let url = format!("sqlite://{}", folder.path().join("shop.db").display());
        wrong += measure("SQLite", &url, orders).await;
    }
    if is_wanted("postgres") {
        let postgres = Postgres::start(Durability::Tuned).await;
        wrong += measure("Postgres", &postgres.url("postgres"), orders).await;
    }
    match wrong {
        0 => ExitCode::SUCCESS,
        wrong => {
            eprintln!("{wrong} rows break a rule");
            ExitCode::FAILURE
        }
    }
}

/// How many rows break a rule of the audit.
async fn measure(name: &str, url: &str, orders: usize) -> usize {
    let db = Db::connect(url).await.expect("the database opens");
    db.migrate_to(OLD).await.expect("the schema is made");
    for statement in filled(db.dialect(), orders) {
        let mut tx = db.begin().await.expect("it begins");
        let written = Sql::new(&statement).execute(&mut *tx).await;
        written.unwrap_or_else(|error| panic!("{statement}: {error}"));
        tx.commit().await.expect("it is committed");
    }
    if db.dialect() == Dialect::Postgres {
        // What a database does by itself soon enough.
        let mut tx = db.begin().await.expect("it begins");
        let analysed = Sql::new("ANALYZE").execute(&mut *tx).await;
        analysed.expect("it is analysed");
        tx.commit().await.expect("it is committed");
    }
    let begun = Instant::now();
    db.migrate().await.expect("it comes to the present schema");
    let migrated = begun.elapsed();
    let begun = Instant::now();
    let found = check(&db).await.expect("the books can be read");
    let audited = begun.elapsed();
    println!(
        "| {name} | {orders} | {:.0} s | {:.0} s |",
        migrated.as_secs_f64(),
        audited.as_secs_f64()
    );
    for finding in found.iter().take(10) {
        eprintln!("{name}: {finding:?}");
    }
    db.close().await;
    found.len()
}

/// Statements that fill it: one product, and of each order what placing it wrote, with keys at random as
/// they were.
fn filled(dialect: Dialect, orders: usize) -> Vec<String> {
    // The numbers from 1 on, each an id that begins with its time.
    let (with, from) = match dialect {
        Dialect::Sqlite => (
            format!(
                "WITH RECURSIVE n (i) AS \
                 (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {orders}) "
            ),
            "n".to_owned(),
        ),
        Dialect::Postgres => (
            String::new(),
            format!("generate_series(1, {orders}) AS n (i)"),
        ),
    };
    let id = |kind: &str| match dialect {
        Dialect::Sqlite => format!("PRINTF('0199%08x-7000-8000-{kind}%011d', i / 16, i)"),
        Dialect::Postgres => format!(
            "('0199' || LPAD(TO_HEX(CAST(i / 16 AS BIGINT)), 8, '0') || '-7000-8000-{kind}' || \
             LPAD(CAST(i AS TEXT), 11, '0'))"
        ),
    };
    let random = |kind: &str| match dialect {
        Dialect::Sqlite => "LOWER(HEX(RANDOMBLOB(21)))".to_owned(),
        Dialect::Postgres => format!("(MD5('{kind}' || i) || LEFT(MD5(i || '{kind}'), 11))"),
    };
    let at = "1760000000000 + i";
    let method = format!("CASE WHEN i % {CARD} = 0 THEN 'test_card' ELSE 'cash_on_delivery' END");
    let insert = |table: &str, columns: &str, values: String, end: String| {
        format!("INSERT INTO {table} ({columns}) {with}SELECT {values} FROM {from}{end}")
    };
    let all = String::new;
    let nth = |nth: usize| format!(" WHERE i % {nth} = 0");
    vec![
        "INSERT INTO products (id, slug, title, active, price_min_minor, price_max_minor, in_stock, \
         created_at, updated_at) VALUES ('p', 'lamp', 'Lamp', 1, 2500, 2500, 1, 1, 1)"
            .to_owned(),
        format!(
            "INSERT INTO variants (id, product_id, position, sku, price_minor, stock, sold) \
             VALUES ('v', 'p', 0, 'LAMP', 2500, 7, {orders})"
        ),
        format!(
            "INSERT INTO stock_movements (id, variant_id, delta, reason, created_at) \
             VALUES ('first', 'v', {orders} + 7, 'initial', 1)"
        ),
        insert(
            "orders",
            "id, number, token, checkout_key, cart_id, email, email_key, search_key, status, \
             currency, subtotal_minor, shipping_minor, tax_minor, tax_basis_points, total_minor, \
             shipping_method, shipping_name, payment_method, created_at, updated_at",
            format!(
                "{}, {}, {}, {}, {}, 'kim' || i || '@example.com', 'kim' || i || '@example.com', \
                 'kim' || i || '@example.com kim marten', \
                 CASE WHEN i % {CARD} = 0 THEN 'pending_payment' ELSE 'paid' END, 'EUR', 2500, 490, \
                 477, 1900, 2990, 'standard', 'Standard', {method}, {at}, {at}",
                id("1"),
                random("number"),
                random("token"),
                random("key"),
                id("2")
            ),
            all(),
        ),
        insert(
            "order_addresses",
            "order_id, name, address_line1, postal_code, city, country",
            format!("{}, 'Kim Marten', 'Quay 7', '20457', 'Hamburg', 'DE'", id("1")),
            all(),
        ),
        insert(
            "payments",
            "id, order_id, provider, status, amount_minor, label, created_at, updated_at",
            format!(
                "{}, {}, {method}, CASE WHEN i % {CARD} = 0 THEN 'pending' ELSE 'due' END, 2990, \
                 'Paid somehow', {at}, {at}",
                id("3"),
                id("1")
            ),
            all(),
        ),
        insert(
            "order_lines",
            "order_id, position, variant_id, product_slug, title, sku, unit_price_minor, quantity, \
             search_key",
            format!("{}, 0, 'v', 'lamp', 'Lamp', 'LAMP', 2500, 1, 'lamp lamp'", id("1")),
            all(),
        ),
        insert(
            "stock_movements",
            "id, variant_id, delta, reason, order_id, created_at",
            format!("{}, 'v', -1, 'sale', {}, {at}", id("4"), id("1")),
            all(),
        ),
        insert(
            "carts",
            "id, token_hash, created_at, expires_at",
            format!("{}, {}, {at}, 1790000000000 + i", id("2"), random("hash")),
            all(),
        ),
        insert(
            "cart_lines",
            "cart_id, variant_id, quantity, unit_price_minor, title, added_at",
            format!("{}, 'v', 1, 2500, 'Lamp', {at}", id("2")),
            nth(LINE),
        ),
        insert(
            "checkouts",
            "cart_id, checkout_key, draft, updated_at",
            format!("{}, {}, '{{}}', {at}", id("2"), random("next")),
            nth(DRAFT),
        ),
        // Their keys are there: what is measured is not the folding of an older version.
        "UPDATE folded_keys SET done = 1, version = 1".to_owned(),
    ]
}

//! A shop of years, straight in its tables: orders that were delivered, the carts of their shoppers, and
//! checkouts that were left. Keys are of the form that the shop gives them, so its indexes are as they would be.

use std::{path::Path, process::Command, time::Instant};

use server::cart::lines::{self, Line};
use sqlx::{AssertSqlSafe, Connection, PgConnection, raw_sql};

use crate::{load::carts::Item, rig::Cluster};

/// Orders in one statement.
const PART: usize = 250_000;
const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;
/// So many orders for a cart that is still there, and for a checkout that was left.
const CART: usize = 10;
const CHECKOUT: usize = 100;
/// What a million orders need of the disk with their carts, time lines, parcels and sums: 4.7 GB.
const GB_A_MILLION: f64 = 4.8;
/// For the log, and for what is ordered beside them: 4 GB in two minutes.
const LEAST_GB: f64 = 13.0;

/// What so many orders need of the disk.
pub fn disk_gb(orders: usize) -> f64 {
    LEAST_GB + GB_A_MILLION * orders as f64 / 1e6
}

/// What is free on the disk of this folder, if it says so.
pub fn free_gb(folder: &Path) -> Option<f64> {
    let output = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let kib: f64 = said
        .lines()
        .nth(1)?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()?;
    Some(kib * 1024.0 / 1e9)
}

/// Fills a shop's tables with `orders` orders of two years, each of one of these items. Returns how large
/// the database is, in bytes.
pub async fn fill(cluster: &Cluster, items: &[Item], orders: usize) -> i64 {
    let url = &cluster.nodes[0].settings().database;
    let mut connection = PgConnection::connect(url).await.expect("Postgres answers");
    let began = Instant::now();
    let now = jiff::Timestamp::now().as_millisecond();
    // They were checked when they were placed, and took their steps one by one.
    run(&mut connection, "SET session_replication_role = replica").await;
    // Made at once, when all is there.
    let parts = "SELECT indexdef FROM pg_indexes WHERE indexname = 'order_search_parts'";
    let parts: String = sqlx::query_scalar(parts)
        .fetch_one(&mut connection)
        .await
        .expect("the shop has it");
    run(&mut connection, "DROP INDEX order_search_parts").await;
    for first in (1..=orders).step_by(PART) {
        let part = Part {
            now,
            all: orders,
            first,
            last: orders.min(first + PART - 1),
            variants: items.len(),
        };
        for statement in part.statements(&items[0]) {
            run(&mut connection, &statement).await;
        }
        eprintln!(
            "{} of {orders} orders after {:.0} s",
            part.last,
            began.elapsed().as_secs_f64()
        );
    }
    run(&mut connection, &parts).await;
    let names = "INSERT INTO sold_names (variant_id, product_slug, search_key) \
                 SELECT id, 'thing', 'thing' FROM variants";
    run(&mut connection, names).await;
    let numbered = format!(
        "UPDATE short_numbers SET last_number = {} WHERE id = 1",
        1_000 + orders
    );
    run(&mut connection, &numbered).await;
    let sold = "UPDATE variants SET sold = sold + s.units FROM \
                (SELECT variant_id, SUM(quantity) AS units FROM order_lines GROUP BY variant_id) AS s \
                WHERE s.variant_id = variants.id";
    run(&mut connection, sold).await;
    run(&mut connection, "SET session_replication_role = origin").await;
    // The shop's own command makes them.
    let summed = cluster.nodes[0].run(&["correct-sums"], "");
    assert!(summed.status.success(), "sums are made: {summed:?}");
    eprintln!("sums of them after {:.0} s", began.elapsed().as_secs_f64());
    run(&mut connection, "VACUUM ANALYZE").await;
    run(&mut connection, "CHECKPOINT").await;
    let size = sqlx::query_scalar("SELECT pg_database_size(current_database())");
    size.fetch_one(&mut connection)
        .await
        .expect("it has a size")
}

async fn run(connection: &mut PgConnection, sql: &str) {
    let done = raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await;
    if let Err(error) = done {
        panic!("{sql}: {error}");
    }
}

struct Part {
    now: i64,
    all: usize,
    first: usize,
    last: usize,
    variants: usize,
}

impl Part {
    fn statements(&self, item: &Item) -> Vec<String> {
        let Self {
            now,
            all,
            first,
            last,
            variants,
        } = self;
        // Evenly over two years, up to four days ago, as all have arrived.
        let began = now - 2 * YEAR - 4 * DAY;
        let orders = format!(
            "(SELECT i, LPAD(TO_HEX(at), 12, '0') AS time, at, \
               'HF-' || SUBSTR(random, 1, 5) || '-' || SUBSTR(random, 6) AS number, \
               'kim' || i % {customers} || '@example.com' AS email FROM \
             (SELECT i, CAST({began} + CAST(i AS FLOAT) / {all} * {span} AS BIGINT) AS at, \
               UPPER(LPAD(TO_HEX((i * 668265263) & 1099511627775), 10, '0')) AS random \
             FROM generate_series(CAST({first} AS BIGINT), {last}) AS n (i)) AS made) AS o",
            customers = (all / 3).max(1),
            span = 2 * YEAR,
        );
        let id = |kind: &str| {
            format!(
                "LEFT(time, 8) || '-' || RIGHT(time, 4) || '-7000-{kind}-' || LPAD(TO_HEX(i), 12, '0')"
            )
        };
        let (order, cart, parcel) = (id("8000"), id("9000"), id("a000"));
        let kept = Line {
            variant_id: item.variant_id.clone(),
            quantity: 1,
            unit_price_minor: item.price_minor,
            title: "Thing".to_owned(),
            variant_title: String::new(),
            added_at: *now,
        };
        let lines = lines::to_json(&[kept])
            .expect("lines are JSON")
            .replace('\'', "''");
        vec![
            format!(
                "INSERT INTO orders (id, number, token, checkout_key, cart_id, email, email_key, mailbox, \
                 search_key, status, currency, units, subtotal_minor, shipping_minor, tax_minor, \
                 tax_basis_points, total_minor, shipping_method, shipping_name, payment_method, \
                 payment_label, payment_status, captured_minor, name, address_line1, postal_code, city, \
                 country, created_at, updated_at) \
                 SELECT {order}, number, LEFT(MD5(number) || MD5(email), 43), \
                 time || LEFT(MD5(number), 31), {cart}, email, email, email, \
                 LOWER(number) || ' ' || email || ' kim marten', 'delivered', 'EUR', 1, 4900, 0, 782, \
                 1900, 4900, 'pickup', 'Pick up', 'cash_on_delivery', 'Cash', 'captured', 4900, \
                 'Kim Marten', 'Quay 7', '20457', 'Hamburg', 'DE', at, at FROM {orders}"
            ),
            // Here no trigger says that they have arrived.
            format!(
                "INSERT INTO order_search (order_id, key, total_minor, created_at) SELECT {order}, \
                 LOWER(number) || ' ' || email || ' kim marten ' || LOWER(REPLACE(number, '-', '')), 4900, at \
                 FROM {orders}"
            ),
            // Of variants whose stock was not counted then.
            format!(
                "INSERT INTO order_lines (order_id, position, variant_id, quantity, taken, \
                 unit_price_minor, created_at, product_slug, title, search_key) \
                 SELECT {order}, 0, v.id, 1, 0, 4900, at, 'thing', 'Thing', 'thing' FROM {orders} \
                 JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM variants) AS v \
                 ON v.place = i % {variants}"
            ),
            // Sent a day later, and there after three.
            format!(
                "INSERT INTO order_events (id, order_id, kind, at) SELECT {event} || step, {order}, kind, at + later \
                 FROM {orders} CROSS JOIN (VALUES ('1', 'packed', CAST({HOUR} AS BIGINT)), ('2', 'shipped', {DAY}), \
                 ('3', 'delivered', 3 * {DAY})) AS steps (step, kind, later)",
                event = id("b000"),
            ),
            format!(
                "INSERT INTO fulfilments (id, order_id, number, carrier, tracking_number, shipped_at, delivered_at) \
                 SELECT {parcel}, {order}, 1, 'DHL', number, at + {DAY}, at + 3 * {DAY} FROM {orders}"
            ),
            format!(
                "INSERT INTO fulfilment_lines (fulfilment_id, order_id, position, quantity) \
                 SELECT {parcel}, {order}, 0, 1 FROM {orders}"
            ),
            format!(
                "INSERT INTO order_short_numbers (order_id, number) SELECT {order}, 1000 + i FROM {orders}"
            ),
            format!(
                "INSERT INTO carts (id, token_hash, lines, lines_at, checkout_key, draft, draft_at, \
                 email_key, created_at, expires_at) SELECT {cart}, LEFT(time, 8) || MD5(number) || \
                 MD5(email), '{lines}', at, \
                 CASE WHEN i % {CHECKOUT} = 0 THEN time || MD5(number) END, \
                 CASE WHEN i % {CHECKOUT} = 0 THEN '{{}}' END, \
                 CASE WHEN i % {CHECKOUT} = 0 THEN at END, \
                 CASE WHEN i % {CHECKOUT} = 0 THEN email ELSE '' END, at, {now} + {YEAR} + i \
                 FROM {orders} WHERE i % {CART} = 0"
            ),
        ]
    }
}

//! A sale that has just begun: Postgres has counted nothing of what it brought, or what was there before. Whatever a
//! batch of orders asks for is found by key all the same.

mod arrived;
mod figures;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use app::orders::payment::PaymentStatus;
use server::{
    db::{Get as _, Sql},
    orders::{
        attempts::{Captured, capturing},
        placement::{
            batch::{Intent, Outcome},
            place::{BatchTime, place_batch},
            turn::Turn,
        },
        step::taking_paid,
    },
    payment::Settlement,
};

use crate::{
    placing_together::intent,
    support::{Goods, Kind, TestShop, run},
};

const LONG: Duration = Duration::from_secs(60);
/// Orders of others, which are all to be paid on delivery.
const OTHERS: i64 = 20_000;
const BATCH: usize = 16;
/// Rows of one table, and entries of its indexes, that a batch may look at.
const FEW: i64 = 20 * BATCH as i64;

/// What others have left, in the tables that batches ask.
const FILL: [&str; 4] = [
    "INSERT INTO orders (id, number, token, checkout_key, cart_id, email, mailbox, currency, units, subtotal_minor, \
     shipping_minor, tax_minor, total_minor, shipping_method, payment_method, payment_status, name, address_line1, \
     postal_code, city, country, created_at, updated_at, status) \
     SELECT 'o' || i, 'N' || i, 't' || i, 'k' || i, 'c' || i, 'kim@example.com', 'm' || i, 'EUR', 1, 1000, 0, 0, 1000, \
     'pickup', 'cash_on_delivery', 'due', 'Kim', 'Quay 7', '20457', 'Hamburg', 'DE', 1, 1, 'paid' \
     FROM generate_series(1, 20000) AS n (i)",
    "INSERT INTO unpaid_holders (holder, order_id) \
     SELECT 'h' || i % 500, 'o' || i FROM generate_series(1, 20000) AS n (i)",
    "INSERT INTO payment_attempts (id, order_id, provider, status, amount_minor, token, created_at, updated_at) \
     SELECT 'a' || i, 'o' || i, 'test_card', 'pending', 1000, '', 1, 1 FROM generate_series(1, 20000) AS n (i)",
    "INSERT INTO carts (id, token_hash, lines, lines_at, created_at, expires_at) \
     SELECT 'c' || i, 'x' || i, '[]', 1, 1, 9999999999999 FROM generate_series(1, 20000) AS n (i)",
];

/// All of it again: what every test's shop is audited for is not true of it.
const EMPTY: [&str; 4] = [
    "DELETE FROM carts WHERE id LIKE 'c%'",
    "DELETE FROM payment_attempts WHERE order_id LIKE 'o%'",
    "DELETE FROM unpaid_holders WHERE order_id LIKE 'o%'",
    "DELETE FROM orders WHERE id LIKE 'o%'",
];

/// Statistics stay as the test makes them.
const NOBODY_COUNTS: &str = "DO $$ DECLARE name text; BEGIN \
     FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP \
       EXECUTE format('ALTER TABLE %I SET (autovacuum_enabled = false)', name); \
     END LOOP; END $$";

/// What was read of each table until now, its indexes included.
const READ: &str = "SELECT CAST(t.relname AS TEXT) AS name, CAST(COALESCE(t.seq_tup_read, 0) \
     + COALESCE(t.idx_tup_fetch, 0) + COALESCE((SELECT SUM(i.idx_tup_read) FROM pg_stat_user_indexes i \
       WHERE i.relid = t.relid), 0) AS BIGINT) AS n FROM pg_stat_user_tables t";

async fn read(shop: &TestShop) -> BTreeMap<String, i64> {
    let rows = Sql::new(READ).fetch_all(shop.db().reader()).await.unwrap();
    rows.iter()
        .map(|row| (row.text("name").unwrap(), row.int("n").unwrap()))
        .collect()
}

/// Ends all connections: they tell what they have read when they end. Waits until they are gone.
async fn all_is_told(shop: &TestShop) {
    const OURS: &str = "FROM pg_stat_activity \
         WHERE datname = current_database() AND backend_type = 'client backend'";
    let pids = format!("SELECT CAST(pid AS TEXT) AS pid {OURS}");
    let pids = Sql::new(&pids).fetch_all(shop.db().reader()).await.unwrap();
    let pids = pids.iter().map(|row| row.text("pid").unwrap());
    let pids = pids.collect::<Vec<_>>().join(", ");
    // It ends itself, too, but last: nothing of it runs afterwards.
    let end = format!(
        "SELECT COUNT(pg_terminate_backend(pid)) AS n \
         FROM (SELECT pid {OURS} ORDER BY pid = pg_backend_pid() OFFSET 0) ours"
    );
    let _ = Sql::new(&end).fetch_all(shop.db().reader()).await;
    let left = format!("SELECT COUNT(*) AS n FROM pg_stat_activity WHERE pid IN ({pids})");
    let waited = async {
        while shop.number(&left).await > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let gone = tokio::time::timeout(LONG, waited).await;
    gone.expect("connections end");
}

/// When the tables were counted last.
#[derive(Debug, Clone, Copy)]
enum Counted {
    Never,
    /// Before others came.
    Empty,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_finds_all_by_key_before_anything_was_counted() {
    run(Kind::Postgres, |shop| {
        a_batch_beside_others(shop, Counted::Never)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_finds_all_by_key_where_empty_tables_were_counted() {
    run(Kind::Postgres, |shop| {
        a_batch_beside_others(shop, Counted::Empty)
    })
    .await;
}

async fn a_batch_beside_others(shop: TestShop, counted: Counted) {
    shop.execute(NOBODY_COUNTS).await;
    match counted {
        Counted::Never => {}
        Counted::Empty => shop.execute("ANALYZE").await,
    }
    unnoticed(&shop, &FILL).await;
    let rope = shop.stock(Goods::named("Rope").price(1000).units(50)).await;
    let mut intents = Vec::new();
    for nth in 0..BATCH {
        let mut one = intent(&shop, &rope, &format!("buyer-{nth}")).await;
        one.network = format!("203.0.113.{nth}");
        intents.push(one);
    }
    // One is placed already, and asked for again. What waits for a transfer is looked for, too.
    let first = intents[0].clone();
    place(&shop, vec![first]).await;
    intents[1].settlement = Settlement::Transfer;
    intents[1].method = "bank_transfer";
    all_is_told(&shop).await;
    let before = read(&shop).await;

    let outcomes = place(&shop, intents).await;

    let placed = outcomes
        .iter()
        .filter(|one| matches!(one, Outcome::Placed(_)));
    assert!(placed.count() >= BATCH - 1, "{outcomes:?}");
    all_is_told(&shop).await;
    for (table, after) in read(&shop).await {
        let looked_at = after - before.get(&table).copied().unwrap_or_default();
        assert!(looked_at <= FEW, "{counted:?}: {looked_at} of {table}");
    }
    unnoticed(&shop, &EMPTY).await;
}

/// Of the orders that wait to be paid, a statement reads those it is about: not all, by an index of what waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_paid_is_found_by_key_where_empty_tables_were_counted() {
    run(Kind::Postgres, payments_beside_others).await;
}

async fn payments_beside_others(shop: TestShop) {
    shop.execute(NOBODY_COUNTS).await;
    shop.execute("ANALYZE").await;
    let ids: Vec<String> = (0..BATCH).map(|nth| format!("o{nth}")).collect();
    let paid = ids.iter().map(String::as_str);
    let captured = ids.iter().map(|order_id| Captured {
        order_id,
        reference: "",
    });
    let dialect = shop.db().dialect();
    for (sql, wrong) in [
        (
            taking_paid(dialect, 1, PaymentStatus::Captured, paid),
            "orders_status",
        ),
        (capturing(dialect, 1, captured), "payment_attempts_pending"),
    ] {
        let plan = sql.planned(dialect).fetch_all(shop.db().reader()).await;
        let plan = plan
            .unwrap()
            .into_iter()
            .map(|step| step.text("QUERY PLAN"));
        let plan: Vec<String> = plan.map(Result::unwrap).collect();
        // Nor is each compared with each.
        let is_wrong = |step: &String| step.contains(wrong) || step.contains("Nested Loop");
        assert!(!plan.iter().any(is_wrong), "{plan:#?}");
    }
}

/// Runs these while no sum is made of orders and none is noted anywhere.
async fn unnoticed(shop: &TestShop, statements: &[&str]) {
    shop.execute("ALTER TABLE orders DISABLE TRIGGER USER")
        .await;
    for sql in statements {
        shop.execute(sql).await;
    }
    shop.execute("ALTER TABLE orders ENABLE TRIGGER USER").await;
}

async fn place(shop: &TestShop, intents: Vec<Intent>) -> Vec<Outcome> {
    let intents: Vec<Arc<Intent>> = intents.into_iter().map(Arc::new).collect();
    let defaults = shop.services.settings.defaults();
    let (time, turn) = (BatchTime::of(&*shop.clock), Turn::default());
    let placed = place_batch(shop.db(), time, defaults, &intents, turn).await;
    placed.expect("the batch is written")
}

//! What a plain shop does: one transaction per order, straight on the database, without HTTP and
//! with no more columns than an order needs. The shop is measured against this.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use sqlx::{Connection, PgConnection, SqliteConnection, raw_sql};
use tokio::task::JoinSet;

use crate::load::{
    cpu::{Used, Watched},
    run::Measured,
};

/// How an order is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Update stock, insert order, insert line, commit.
    Transaction,
    /// The same in one statement, which is its own transaction.
    OneStatement,
}

/// How many place orders, and of how many variants.
#[derive(Debug, Clone, Copy)]
pub struct Crowd {
    pub connections: usize,
    pub variants: i64,
}

const TAKE: &str = "UPDATE plain_stock SET stock = stock - 1 WHERE id = $1 AND stock >= 1";
const ORDER: &str = "INSERT INTO plain_orders (checkout_key, email, total_minor, created_at) \
    VALUES ($1, 'kim@example.com', 4900, 1760000000000) RETURNING id";
const LINE: &str = "INSERT INTO plain_lines (order_id, variant_id, quantity, unit_price_minor) \
    VALUES ($1, $2, 1, 4900)";
const AT_ONCE: &str = "WITH taken AS (UPDATE plain_stock SET stock = stock - 1 \
      WHERE id = $1 AND stock >= 1 RETURNING id), \
    placed AS (INSERT INTO plain_orders (checkout_key, email, total_minor, created_at) \
      SELECT $2, 'kim@example.com', 4900, 1760000000000 FROM taken RETURNING id) \
    INSERT INTO plain_lines (order_id, variant_id, quantity, unit_price_minor) \
    SELECT placed.id, taken.id, 1, 4900 FROM placed, taken";

fn schema(order_id: &str, stock: &str) -> String {
    format!(
        "CREATE TABLE plain_stock (id BIGINT PRIMARY KEY, stock BIGINT NOT NULL CHECK (stock >= 0)); \
         CREATE TABLE plain_orders (id {order_id}, checkout_key TEXT NOT NULL UNIQUE, \
           email TEXT NOT NULL, total_minor BIGINT NOT NULL, created_at BIGINT NOT NULL); \
         CREATE TABLE plain_lines (order_id BIGINT NOT NULL, variant_id BIGINT NOT NULL, \
           quantity BIGINT NOT NULL, unit_price_minor BIGINT NOT NULL, \
           PRIMARY KEY (order_id, variant_id)); \
         {stock}"
    )
}

/// Variants of the plain shop, which never sell out.
const VARIANTS: i64 = 1_000;

/// Makes the plain shop in an empty Postgres database.
pub async fn open_postgres(url: &str) {
    let stock = format!(
        "INSERT INTO plain_stock SELECT n, 1000000000 FROM generate_series(1, {VARIANTS}) AS n"
    );
    let mut connection = PgConnection::connect(url).await.expect("Postgres answers");
    let schema = schema("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", &stock);
    raw_sql(sqlx::AssertSqlSafe(schema))
        .execute(&mut connection)
        .await
        .expect("the plain shop's tables are made");
}

pub async fn on_postgres(url: &str, way: Way, crowd: Crowd, time: Duration) -> Measured {
    let watched = Watched::shop();
    let mut connections = Vec::new();
    for _ in 0..crowd.connections {
        connections.push(PgConnection::connect(url).await.expect("Postgres answers"));
    }
    let (before, began) = (Used::now(&watched), Instant::now());
    let mut placing = JoinSet::new();
    for (n, mut connection) in connections.into_iter().enumerate() {
        placing.spawn(async move {
            let mut orders = Orders::new(n, crowd.variants);
            let mut latencies = Vec::new();
            while began.elapsed() < time {
                let (variant, key) = orders.next();
                let asked = Instant::now();
                match way {
                    Way::Transaction => {
                        let mut tx = connection.begin().await?;
                        sqlx::query(TAKE).bind(variant).execute(&mut *tx).await?;
                        let order: i64 = sqlx::query_scalar(ORDER)
                            .bind(key)
                            .fetch_one(&mut *tx)
                            .await?;
                        let line = sqlx::query(LINE).bind(order).bind(variant);
                        line.execute(&mut *tx).await?;
                        tx.commit().await?;
                    }
                    Way::OneStatement => {
                        let order = sqlx::query(AT_ONCE).bind(variant).bind(key);
                        order.execute(&mut connection).await?;
                    }
                }
                latencies.push(micros(asked));
            }
            Ok::<_, sqlx::Error>(latencies)
        });
    }
    gather(placing, began, &watched, before).await
}

/// Makes a plain shop in a new SQLite file and places orders from one connection: SQLite has one
/// writer.
pub async fn on_sqlite(url: &str, time: Duration) -> Measured {
    let watched = Watched::shop();
    let mut connection = SqliteConnection::connect(url).await.expect("SQLite opens");
    let stock = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {VARIANTS}) \
         INSERT INTO plain_stock SELECT i, 1000000000 FROM n"
    );
    // The settings are the shop's own.
    let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
        PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;";
    let schema = schema("INTEGER PRIMARY KEY", &stock);
    for sql in [pragmas.to_owned(), schema] {
        raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .expect("the plain shop's tables are made");
    }
    let (before, began) = (Used::now(&watched), Instant::now());
    let mut placing = JoinSet::new();
    placing.spawn(async move {
        let mut orders = Orders::new(0, 1);
        let mut latencies = Vec::new();
        while began.elapsed() < time {
            let (variant, key) = orders.next();
            let asked = Instant::now();
            let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
            sqlx::query(TAKE).bind(variant).execute(&mut *tx).await?;
            let order: i64 = sqlx::query_scalar(ORDER)
                .bind(key)
                .fetch_one(&mut *tx)
                .await?;
            let line = sqlx::query(LINE).bind(order).bind(variant);
            line.execute(&mut *tx).await?;
            tx.commit().await?;
            latencies.push(micros(asked));
        }
        Ok(latencies)
    });
    gather(placing, began, &watched, before).await
}

/// What one connection orders; the same in every run but for the keys, which a database takes once.
struct Orders {
    rng: StdRng,
    variants: i64,
    prefix: String,
    count: u64,
}

impl Orders {
    fn new(connection: usize, variants: i64) -> Self {
        Self {
            rng: StdRng::seed_from_u64(connection as u64),
            variants,
            prefix: uuid::Uuid::new_v4().simple().to_string(),
            count: 0,
        }
    }

    fn next(&mut self) -> (i64, String) {
        self.count += 1;
        let variant = self.rng.random_range(1..=self.variants);
        (variant, format!("{}{:011}", self.prefix, self.count))
    }
}

fn micros(since: Instant) -> u32 {
    u32::try_from(since.elapsed().as_micros()).unwrap_or(u32::MAX)
}

async fn gather(
    mut placing: JoinSet<Result<Vec<u32>, sqlx::Error>>,
    began: Instant,
    watched: &[Watched],
    before: Used,
) -> Measured {
    let mut latencies = Vec::new();
    while let Some(placed) = placing.join_next().await {
        let placed = placed.expect("a connection's task ends well");
        latencies.extend(placed.expect("a plain order is placed"));
    }
    let cpu = Used::now(watched).since(&before);
    let statuses = BTreeMap::from([(200, latencies.len())]);
    Measured::new(statuses, began.elapsed().as_secs_f64(), latencies, cpu)
}

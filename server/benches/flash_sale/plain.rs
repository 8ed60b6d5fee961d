//! What a plain shop does: one transaction per order, straight on the database, without HTTP and
//! with no more columns than an order needs. The shop is measured against this.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use sqlx::{Connection, PgConnection, SqliteConnection, raw_sql};
use tokio::task::JoinSet;

use crate::load::{
    cpu::{Used, Watched, rested_shop},
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

/// What an order is of, and how it is written.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub way: Way,
    /// Drawn from so many.
    pub variants: i64,
    /// One statement has one.
    pub lines: usize,
}

impl Shape {
    pub const ONE_ROW: Self = Self {
        way: Way::Transaction,
        variants: 1,
        lines: 1,
    };
    pub const MANY_ROWS: Self = Self {
        variants: VARIANTS,
        ..Self::ONE_ROW
    };
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

pub async fn on_postgres(url: &str, shape: Shape, connections: usize, time: Duration) -> Measured {
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(PgConnection::connect(url).await.expect("Postgres answers"));
    }
    let watched = rested_shop().await;
    let (before, began) = (Used::now(&watched), Instant::now());
    let mut placing = JoinSet::new();
    for (n, mut connection) in open.into_iter().enumerate() {
        placing.spawn(async move {
            let mut orders = Orders::new(n, shape);
            let mut latencies = Vec::new();
            while began.elapsed() < time {
                let (variants, key) = orders.order();
                let asked = Instant::now();
                write(&mut connection, shape.way, &variants, &key).await?;
                latencies.push(micros(asked));
            }
            Ok::<_, sqlx::Error>(latencies)
        });
    }
    gather(placing, began, &watched, before).await
}

/// One order.
pub async fn write(
    connection: &mut PgConnection,
    way: Way,
    variants: &[i64],
    key: &str,
) -> sqlx::Result<()> {
    if way == Way::OneStatement {
        for variant in variants {
            let order = sqlx::query(AT_ONCE).bind(variant).bind(key);
            order.execute(&mut *connection).await?;
        }
        return Ok(());
    }
    let mut tx = connection.begin().await?;
    for variant in variants {
        sqlx::query(TAKE).bind(variant).execute(&mut *tx).await?;
    }
    let order: i64 = sqlx::query_scalar(ORDER)
        .bind(key)
        .fetch_one(&mut *tx)
        .await?;
    for variant in variants {
        let line = sqlx::query(LINE).bind(order).bind(variant);
        line.execute(&mut *tx).await?;
    }
    tx.commit().await
}

/// The same in a file.
pub async fn write_to_file(
    connection: &mut SqliteConnection,
    variants: &[i64],
    key: &str,
) -> sqlx::Result<()> {
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
    for variant in variants {
        sqlx::query(TAKE).bind(variant).execute(&mut *tx).await?;
    }
    let order: i64 = sqlx::query_scalar(ORDER)
        .bind(key)
        .fetch_one(&mut *tx)
        .await?;
    for variant in variants {
        let line = sqlx::query(LINE).bind(order).bind(variant);
        line.execute(&mut *tx).await?;
    }
    tx.commit().await
}

/// Makes a plain shop in a new SQLite file, with the shop's own settings.
pub async fn open_sqlite(url: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::connect(url).await.expect("SQLite opens");
    let stock = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {VARIANTS}) \
         INSERT INTO plain_stock SELECT i, 1000000000 FROM n"
    );
    let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
        PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;";
    let schema = schema("INTEGER PRIMARY KEY", &stock);
    for sql in [pragmas.to_owned(), schema] {
        raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .expect("the plain shop's tables are made");
    }
    connection
}

/// Places orders in a new file from one connection: SQLite has one writer.
pub async fn on_sqlite(time: Duration) -> Measured {
    let folder = tempfile::tempdir().expect("there is room for a database");
    let mut connection = open_sqlite(&file_in(folder.path())).await;
    let watched = rested_shop().await;
    let (before, began) = (Used::now(&watched), Instant::now());
    let mut placing = JoinSet::new();
    placing.spawn(async move {
        let mut orders = Orders::new(0, Shape::ONE_ROW);
        let mut latencies = Vec::new();
        while began.elapsed() < time {
            let (variants, key) = orders.order();
            let asked = Instant::now();
            write_to_file(&mut connection, &variants, &key).await?;
            latencies.push(micros(asked));
        }
        Ok(latencies)
    });
    gather(placing, began, &watched, before).await
}

/// The address of a file that is made when it is opened.
pub fn file_in(folder: &Path) -> String {
    format!("sqlite://{}?mode=rwc", folder.join("plain.db").display())
}

/// What one connection orders; the same in every run but for the keys, which a database takes once.
pub struct Orders {
    rng: StdRng,
    shape: Shape,
    prefix: String,
    count: u64,
}

impl Orders {
    pub fn new(connection: usize, shape: Shape) -> Self {
        Self {
            rng: StdRng::seed_from_u64(connection as u64),
            shape,
            prefix: uuid::Uuid::new_v4().simple().to_string(),
            count: 0,
        }
    }

    /// The variants in order, so that no two orders wait for each other in a circle; and a key.
    pub fn order(&mut self) -> (Vec<i64>, String) {
        self.count += 1;
        let mut variants = BTreeSet::new();
        while variants.len() < self.shape.lines {
            variants.insert(self.rng.random_range(1..=self.shape.variants));
        }
        let key = format!("{}{:011}", self.prefix, self.count);
        (variants.into_iter().collect(), key)
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

//! A shop on one or more nodes, with its database and its coordination.

use std::{path::Path, time::Duration};

use reqwest::Client;
use server::{
    db::{Get, Sql},
    store::Store,
};
use tempfile::TempDir;

use super::{
    books,
    goods::{self, Goods, Stocked},
    net::{allow_many_files, client},
    node::{Node, NodeSettings},
    postgres::Postgres,
    proxy::Proxy,
    redis::Redis,
    shopper::Shopper,
    wrong_clock::WrongClock,
};

/// Shoppers give one request this long.
const PATIENCE: Duration = Duration::from_secs(15);

pub struct ClusterBuilder {
    database: String,
    /// SQLite.
    is_file: bool,
    folder: Option<TempDir>,
    redis: Vec<String>,
    nodes: usize,
    patience: Duration,
    env: Vec<(String, String)>,
    /// By how many milliseconds the clock of each node is wrong.
    wrong_by: Vec<i64>,
}

impl ClusterBuilder {
    pub fn nodes(self, nodes: usize) -> Self {
        Self { nodes, ..self }
    }

    pub fn redis(self, redis: &Redis) -> Self {
        self.redis_at(vec![redis.url()])
    }

    /// An address of Redis for each node; the last ones share, if there are too few.
    pub fn redis_at(self, redis: Vec<String>) -> Self {
        Self { redis, ..self }
    }

    /// How long clients wait for one answer.
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// A setting for every node.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// By how many milliseconds the clock of each node is wrong, in their order; of all others it is right.
    pub fn clocks(self, wrong_by: &[i64]) -> Self {
        Self {
            wrong_by: wrong_by.to_vec(),
            ..self
        }
    }

    pub async fn start(self) -> Cluster {
        allow_many_files();
        let db = goods::open(&self.database).await;
        db.migrate().await.expect("the database is brought up");
        open_shop(&db).await;
        let namespace = format!("test-{}", uuid::Uuid::new_v4().simple());
        let wrong_clock = (!self.wrong_by.is_empty()).then(WrongClock::make);
        let starting = (0..self.nodes).map(|number| {
            let mut database = self.database.clone();
            if !self.is_file {
                // Postgres tells which node a connection belongs to.
                database.push_str(&format!("?application_name=node-{number}"));
            }
            // All shoppers come from one address here, as through a proxy.
            let mut settings = NodeSettings::alone(&database)
                .nodes(self.nodes)
                .env("HOLDFAST_BEHIND_PROXY", "true");
            if let Some(last) = self.redis.last() {
                let redis = self.redis.get(number).unwrap_or(last);
                settings = settings.redis(redis, &namespace);
            }
            for (name, value) in &self.env {
                settings = settings.env(name, value);
            }
            if let (Some(clock), Some(by)) = (&wrong_clock, self.wrong_by.get(number)) {
                settings = clock.of(settings, *by);
            }
            Node::start(settings)
        });
        Cluster {
            nodes: futures_util::future::join_all(starting).await,
            db,
            http: client(self.patience),
            namespace,
            folder: self.folder,
            _wrong_clock: wrong_clock,
        }
    }
}

pub struct Cluster {
    pub nodes: Vec<Node>,
    /// Opened as a process that is no node.
    pub db: Store,
    /// For everybody who visits.
    pub http: Client,
    /// What keys in Redis begin with.
    pub namespace: String,
    // After the nodes, which write to it.
    folder: Option<TempDir>,
    // After the nodes, which are started with it.
    _wrong_clock: Option<WrongClock>,
}

impl Cluster {
    /// With a new database in this Postgres.
    pub async fn on(postgres: &Postgres) -> ClusterBuilder {
        let name = format!("shop_{}", uuid::Uuid::new_v4().simple());
        Self::of(postgres.create_shop(&name).await, None)
    }

    /// With a new database in this Postgres, which is reached through a proxy.
    pub async fn on_through(postgres: &Postgres, proxy: &Proxy) -> ClusterBuilder {
        Self::on_at(postgres, proxy.port).await
    }

    /// With a new database in this Postgres, which is reached at another port.
    pub async fn on_at(postgres: &Postgres, port: u16) -> ClusterBuilder {
        let name = format!("shop_{}", uuid::Uuid::new_v4().simple());
        let direct = format!(":{}/", postgres.port);
        let through = format!(":{port}/");
        let database = postgres.create_shop(&name).await.replace(&direct, &through);
        Self::of(database, None)
    }

    /// With a file in this folder, which outlives the shop.
    pub fn on_sqlite_in(folder: &Path) -> ClusterBuilder {
        let url = format!("sqlite://{}", folder.join("shop.db").display());
        ClusterBuilder {
            is_file: true,
            ..Self::of(url, None)
        }
    }

    /// With a new file.
    pub fn on_sqlite() -> ClusterBuilder {
        let folder = tempfile::tempdir().expect("there is room for a database");
        let url = format!("sqlite://{}", folder.path().join("shop.db").display());
        Self::of(url, Some(folder))
    }

    fn of(database: String, folder: Option<TempDir>) -> ClusterBuilder {
        ClusterBuilder {
            database,
            is_file: folder.is_some(),
            folder,
            redis: Vec::new(),
            nodes: 1,
            patience: PATIENCE,
            env: Vec::new(),
            wrong_by: Vec::new(),
        }
    }

    /// The nodes' addresses, `http://127.0.0.1:PORT`.
    pub fn addresses(&self) -> Vec<String> {
        self.nodes.iter().map(Node::base).collect()
    }

    /// Stocks the goods behind the nodes' backs: do it before anybody looks.
    pub async fn stock(&self, goods: &[Goods]) -> Vec<Stocked> {
        goods::put_on_shelf(&self.db, goods).await
    }

    pub async fn stock_one(&self, goods: Goods) -> Stocked {
        self.stock(&[goods]).await.remove(0)
    }

    pub async fn units(&self, variant: &str) -> i64 {
        let mut sql = Sql::new("SELECT stock AS n FROM variants WHERE id = ");
        sql.text(variant);
        let row = sql.fetch_one(self.db.reader()).await.expect("it is sold");
        row.int("n").expect("it is a number")
    }

    /// Runs a statement that selects one number, named `n`.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = Sql::new(sql).fetch_one(self.db.reader()).await;
        row.expect("there is a row")
            .int("n")
            .expect("it is a number")
    }

    /// Changes something behind the nodes' backs.
    pub async fn execute(&self, sql: &str) {
        let mut tx = self.db.begin().await.expect("the database takes changes");
        let done = Sql::new(sql).execute(&mut *tx).await;
        done.expect("it is changed");
        tx.commit().await.expect("it is changed");
    }

    /// The database's time, in milliseconds since 1970.
    pub async fn time(&self) -> i64 {
        let sql = format!("SELECT {} AS n", self.db.dialect().time());
        self.number(&sql).await
    }

    /// The audit that follows every sale.
    pub async fn assert_books_agree(&self, shoppers: &[Shopper]) {
        books::assert_books_agree(&self.db, &self.nodes[0], shoppers).await;
    }

    /// The sum over all nodes of a counter at `/metrics`. `labels` must all be there, each as
    /// `name="value"`.
    pub async fn counted(&self, name: &str, labels: &[&str]) -> f64 {
        let mut sum = 0.0;
        for node in &self.nodes {
            let text = node.metrics(&self.http).await;
            sum += text
                .lines()
                .filter(|line| {
                    let rest = line.strip_prefix(name);
                    rest.is_some_and(|rest| rest.starts_with(['{', ' ']))
                })
                .filter(|line| labels.iter().all(|label| line.contains(label)))
                .filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok())
                .sum::<f64>();
        }
        sum
    }
}

/// A shop that takes orders, as if its owner had opened it.
async fn open_shop(db: &Store) {
    let mut tx = db.begin().await.expect("the database takes changes");
    for sql in [
        "UPDATE shop_settings SET opening = 'open'",
        // Shoppers have no mailboxes, and any number of orders.
        "UPDATE cash_settings SET confirmation = 0, most_open = NULL",
        // They all say that they live at one address.
        "UPDATE brakes SET held_by_address = 0",
        "UPDATE home_page SET standard_words = 1",
    ] {
        let open = Sql::new(sql);
        open.execute(&mut *tx).await.expect("the shop opens");
    }
    tx.commit().await.expect("the shop is open");
}

//! `cargo bench -p server --bench product_table`: pages of the admin's product table with 100,000
//! products, against reading one product by its key. Each is to cost less than ten times that.
//!
//! `sqlite` or `postgres` on the command line runs one of them; `--products=2000` takes fewer.

#[path = "load/mod.rs"]
mod load;
#[path = "../tests/rig/mod.rs"]
mod rig;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    admin::product_query::{Cursor, ProductFilter, ProductSort},
    ports::Admin,
};
use load::{is_bench, is_wanted};
use rig::{Durability, Postgres};
use server::{
    admin::AdminService,
    catalog::seed::seed_many,
    clock::{Clock, SystemClock},
    db::{Db, Get, Sql},
};

const PRODUCTS: usize = 100_000;
/// Pages turned before the deep page.
const DEEP: usize = 2000;
const RUNS: usize = 200;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    if !is_bench() {
        return;
    }
    if is_wanted("sqlite") {
        let folder = tempfile::tempdir().expect("there is room");
        let url = format!("sqlite://{}", folder.path().join("shop.db").display());
        measure("SQLite", &url).await;
    }
    if is_wanted("postgres") {
        let postgres = Postgres::start(Durability::Fast).await;
        measure("Postgres", &postgres.url("postgres")).await;
    }
}

fn wanted_products() -> usize {
    std::env::args()
        .find_map(|word| word.strip_prefix("--products=")?.parse().ok())
        .unwrap_or(PRODUCTS)
}

async fn measure(name: &str, url: &str) {
    let db = Db::connect(url).await.expect("the database opens");
    db.migrate().await.expect("the schema is made");
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let products = wanted_products();
    seed_many(&db, &*clock, products, 1, |_| {})
        .await
        .expect("the catalogue is made up");
    // What a database does by itself soon enough.
    let mut tx = db.begin().await.expect("it begins");
    Sql::new("ANALYZE")
        .execute(&mut *tx)
        .await
        .expect("it is analysed");
    tx.commit().await.expect("it is committed");
    let row = Sql::new("SELECT id, title FROM products ORDER BY id LIMIT 1 OFFSET 77")
        .fetch_one(db.reader())
        .await
        .expect("there are products");
    let (id, title) = (
        row.text("id").expect("a text"),
        row.text("title").expect("a text"),
    );
    let word = title.split(' ').next().unwrap_or_default().to_owned();
    let admin = AdminService::new(db.clone(), clock, "EUR".to_owned());

    println!("## {name}, {products} products\n");
    println!("| Read | Median | Against one by key |");
    println!("| --- | ---: | ---: |");
    let one = median(async || {
        admin.product(&id).await.expect("it is there");
    })
    .await;
    row_of("one product by its key", one, one);
    for sort in ProductSort::ALL {
        let first = ProductFilter {
            sort,
            ..ProductFilter::default()
        };
        let took = median(async || {
            admin.products(&first).await.expect("a page");
        })
        .await;
        row_of(&format!("first page, {}", sort.key()), took, one);
        let mut deep = first.clone();
        for _ in 0..DEEP.min(products / 50) {
            let page = admin.products(&deep).await.expect("a page");
            deep.cursor = page.after.map(Cursor::After);
        }
        let took = median(async || {
            admin.products(&deep).await.expect("a page");
        })
        .await;
        row_of(&format!("deep page, {}", sort.key()), took, one);
    }
    for (what, text) in [
        ("search for the beginning of a common word", word.as_str()),
        ("search for a whole title", title.as_str()),
        ("search for what is not there", "zzyzx"),
    ] {
        let filter = ProductFilter {
            text: Some(text.to_owned()),
            ..ProductFilter::default()
        };
        let took = median(async || {
            admin.products(&filter).await.expect("a page");
        })
        .await;
        row_of(what, took, one);
    }
    println!();
    db.close().await;
}

async fn median(mut read: impl AsyncFnMut()) -> Duration {
    let mut took = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let began = Instant::now();
        read().await;
        took.push(began.elapsed());
    }
    took.sort();
    took[RUNS / 2]
}

fn row_of(what: &str, took: Duration, one: Duration) {
    let times = took.as_secs_f64() / one.as_secs_f64();
    println!(
        "| {what} | {:.2} ms | {times:.1} |",
        took.as_secs_f64() * 1000.0
    );
}

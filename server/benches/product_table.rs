//! `cargo bench -p server --bench product_table`: pages of the admin's product table with 100,000
//! products, against reading one product by its key as the editor does, with its variants and
//! pictures. Each is to cost less than ten times that; the run fails if one does not. How it compares
//! with the bare row of a product is told, too.
//!
//! `sqlite` or `postgres` on the command line runs one of them; `--products=2000` takes fewer.

#[path = "load/mod.rs"]
mod load;
#[path = "../tests/rig/mod.rs"]
mod rig;

use std::{
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use app::shop::ShopSettings;
use desk::admin::{
    product_filter::{Cursor, ProductFilter, ProductSort, StockState},
    products::ports::ProductAdmin,
};
use load::{is_bench, is_wanted, number};
use rig::{Durability, Postgres};
use server::{
    admin::products::AdminService,
    clock::{Clock, SystemClock},
    db::{Db, Get, Sql},
    seed::seed_many,
    settings::Settings,
    store::Store,
};

const PRODUCTS: usize = 100_000;
/// Pages turned before the deep page.
const DEEP: usize = 2000;
const RUNS: usize = 200;
/// What a page may cost at most, in reads of one product by its key.
const AT_MOST: u32 = 10;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    if !is_bench() {
        return ExitCode::SUCCESS;
    }
    let mut missed = 0;
    if is_wanted("sqlite") {
        let folder = tempfile::tempdir().expect("there is room");
        let url = format!("sqlite://{}", folder.path().join("shop.db").display());
        missed += measure("SQLite", &url).await;
    }
    if is_wanted("postgres") {
        let postgres = Postgres::start(Durability::Fast).await;
        missed += measure("Postgres", &postgres.url("postgres")).await;
    }
    match missed {
        0 => ExitCode::SUCCESS,
        missed => {
            eprintln!("{missed} reads cost {AT_MOST} times one product or more");
            ExitCode::FAILURE
        }
    }
}

/// How many reads cost too much.
async fn measure(name: &str, url: &str) -> usize {
    let db = Db::connect(url).await.expect("the database opens");
    let db = Store::from(db);
    db.migrate().await.expect("the schema is made");
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let products = number("products").unwrap_or(PRODUCTS);
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
    let admin = AdminService::new(
        db.clone(),
        clock,
        Settings::new(db.clone(), ShopSettings::default()),
    );

    println!("## {name}, {products} products\n");
    println!("| Read | Median | × one product | × its bare row | Under {AT_MOST} × one product |");
    println!("| --- | ---: | ---: | ---: | --- |");
    let whole = median(async || {
        admin.product(&id).await.expect("it is there");
    })
    .await;
    let bare = median(async || {
        let mut sql = Sql::new("SELECT * FROM products WHERE id = ");
        sql.text(&id);
        sql.fetch_one(db.reader()).await.expect("it is there");
    })
    .await;
    let mut board = Board {
        whole,
        bare,
        missed: 0,
    };
    board.tell("one product by its key: variants, pictures, tags", whole);
    board.tell("its bare row by its key", bare);
    for (what, filter) in pages(&admin, &db, products, &title).await {
        let took = median(async || {
            admin.products(&filter).await.expect("a page");
        })
        .await;
        board.judge(&what, took);
    }
    println!();
    db.close().await;
    board.missed
}

/// What is measured: first and deep pages in every order, searches, and filters.
async fn pages(
    admin: &AdminService,
    db: &Db,
    products: usize,
    title: &str,
) -> Vec<(String, ProductFilter)> {
    let mut pages = Vec::new();
    for sort in ProductSort::ALL {
        let first = ProductFilter {
            sort,
            ..ProductFilter::default()
        };
        let mut deep = first.clone();
        for _ in 0..DEEP.min(products / 50 - 1) {
            let page = admin.products(&deep).await.expect("a page");
            deep.cursor = page.after.map(Cursor::After);
        }
        pages.push((format!("first page, {}", sort.key()), first));
        pages.push((format!("deep page, {}", sort.key()), deep));
    }
    let word = title.split(' ').next().unwrap_or_default();
    for (what, text) in [
        ("search for a common word", word),
        ("search for the first two letters of it", &word[..2]),
        ("search for a whole title", title),
        ("search for what is not there", "zzyzx"),
    ] {
        let text = Some(text.to_owned());
        let filter = ProductFilter {
            text,
            ..ProductFilter::default()
        };
        pages.push((what.to_owned(), filter));
    }
    let common = async |sql: &str| {
        let row = Sql::new(sql).fetch_optional(db.reader()).await;
        let row = row.expect("it can be read");
        row.map(|row| row.text("value").expect("a text"))
    };
    let all = ProductFilter::default;
    let filters = [
        ProductFilter {
            tag: common("SELECT tag AS value FROM product_tags LIMIT 1").await,
            ..all()
        },
        ProductFilter {
            vendor: common("SELECT vendor AS value FROM products LIMIT 1").await,
            ..all()
        },
        ProductFilter {
            category: common("SELECT name AS value FROM categories LIMIT 1").await,
            ..all()
        },
        ProductFilter {
            active: Some(false),
            ..all()
        },
    ];
    for (what, filter) in ["a tag", "a vendor", "a category", "inactive"]
        .into_iter()
        .zip(filters)
    {
        pages.push((format!("filter: {what}"), filter));
    }
    for stock in StockState::ALL {
        let filter = ProductFilter {
            stock: Some(stock),
            ..all()
        };
        pages.push((format!("filter: {}", stock.key()), filter));
    }
    pages
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

/// What the reads are held against.
struct Board {
    whole: Duration,
    bare: Duration,
    missed: usize,
}

impl Board {
    fn row(&self, what: &str, took: Duration, verdict: &str) {
        let times = |of: Duration| took.as_secs_f64() / of.as_secs_f64();
        println!(
            "| {what} | {:.2} ms | {:.1} | {:.1} | {verdict} |",
            took.as_secs_f64() * 1000.0,
            times(self.whole),
            times(self.bare),
        );
    }

    fn tell(&self, what: &str, took: Duration) {
        self.row(what, took, "");
    }

    fn judge(&mut self, what: &str, took: Duration) {
        let met = took < self.whole * AT_MOST;
        self.missed += usize::from(!met);
        self.row(what, took, if met { "met" } else { "**missed**" });
    }
}

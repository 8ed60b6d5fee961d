//! What must hold after any test, and what tells whether anything was written.

use std::collections::BTreeMap;

use server::{
    db::{Db, Dialect, Get, Sql},
    orders::check::check,
};

/// Every variant's movements add up to its stock and its sales to what it counts as sold. The
/// shop's own audit must agree; what it looks for is worked out here once more, in another way.
pub async fn assert_stock_adds_up(db: &Db) {
    assert_eq!(check(db).await.expect("the books can be read"), []);
    let rows = Sql::new(
        "SELECT v.id, v.stock, v.sold, v.tracked, v.backorder_limit, \
         CAST(COALESCE((SELECT SUM(delta) FROM stock_movements m WHERE m.variant_id = v.id), 0) \
           AS BIGINT) AS moved, \
         CAST(COALESCE((SELECT -SUM(delta) FROM stock_movements m WHERE m.variant_id = v.id \
           AND m.reason IN ('sale', 'cancellation', 'refund')), 0) AS BIGINT) AS went, \
         CAST(COALESCE((SELECT SUM(l.quantity - l.restocked) FROM order_lines l \
           JOIN orders o ON o.id = l.order_id \
           WHERE l.variant_id = v.id AND o.status <> 'cancelled'), 0) AS BIGINT) AS held \
         FROM variants v",
    )
    .fetch_all(db.reader())
    .await
    .expect("stock can be audited");
    for row in rows {
        let int = |column| row.int(column).expect("it is a number");
        let id = row.text("id").expect("it is a text");
        assert_eq!(int("held"), int("sold"), "units of {id} in standing orders");
        // Nobody counts the units of what is not tracked.
        if int("tracked") == 0 {
            continue;
        }
        let owed = int("backorder_limit");
        assert!(int("stock") >= -owed, "{id} is below what may be owed");
        assert_eq!(int("moved"), int("stock"), "movements of {id}");
        assert_eq!(int("went"), int("sold"), "units sold of {id}");
    }
}

/// How many rows each table holds, and what the stock and versions come to.
pub type Rows = BTreeMap<String, i64>;

pub async fn rows(db: &Db) -> Rows {
    let tables = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        Dialect::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables \
             WHERE table_schema = 'public'"
        }
    };
    let mut rows = Rows::new();
    for table in Sql::new(tables).fetch_all(db.reader()).await.unwrap() {
        let table = table.text("name").unwrap();
        // A refused form is kept for a few minutes, and a key of the shop's is drawn when it is first needed:
        // nothing of the shop has changed.
        if ["kept_forms", "shop_facts"].contains(&table.as_str()) {
            continue;
        }
        rows.insert(
            table.clone(),
            number(db, &format!("SELECT COUNT(*) AS n FROM {table}")).await,
        );
    }
    assert!(rows.len() > 15, "all tables were found: {rows:?}");
    for (name, sum) in [
        ("units", "SELECT SUM(stock) FROM variants"),
        ("prices", "SELECT SUM(price_minor) FROM variants"),
        ("versions", "SELECT SUM(version) FROM products"),
        ("quantities", "SELECT SUM(quantity) FROM cart_lines"),
        ("edits", "SELECT SUM(updated_at) FROM products"),
        (
            "cancelled",
            "SELECT SUM(1) FROM orders WHERE status = 'cancelled'",
        ),
    ] {
        let sql = format!("SELECT CAST(COALESCE(({sum}), 0) AS BIGINT) AS n");
        rows.insert(format!("sum of {name}"), number(db, &sql).await);
    }
    rows
}

/// The same without the log, which tells of who was refused.
pub async fn rows_but_log(db: &Db) -> Rows {
    let mut rows = rows(db).await;
    rows.remove("audit_entries");
    rows
}

pub async fn number(db: &Db, sql: &str) -> i64 {
    Sql::new(sql)
        .fetch_one(db.reader())
        .await
        .unwrap()
        .int("n")
        .unwrap()
}

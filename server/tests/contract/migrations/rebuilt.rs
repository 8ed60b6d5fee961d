//! How the migration that gave orders, carts and stock their dense shape is applied: as a whole or not at all, and not
//! behind the back of a server that does not know it.

use server::db::{Db, Dialect, Get, Sql};

use super::wide::{fill, found_before};
use crate::support::{TestShop, assert_stock_adds_up, rows};

on_both_old_databases!(18:
    an_older_server_writes_nothing,
    stopped_in_the_middle_it_begins_again,
    a_new_word_takes_no_rebuild,
);

/// Statements of the server before: each of its transactions that writes orders, money, carts, stock or
/// products has one of them.
const OF_BEFORE: [&str; 13] = [
    "INSERT INTO order_addresses (order_id, name, address_line1, postal_code, city, country) \
     SELECT id, 'Kim', 'Quay 7', '20457', 'Hamburg', 'DE' FROM orders",
    "INSERT INTO payments (id, order_id, provider, status, amount_minor, created_at, updated_at) \
     SELECT id, id, 'test_card', 'pending', 1, 1, 1 FROM orders",
    "UPDATE payments SET status = 'captured', reference = 'x' WHERE status = 'pending'",
    "UPDATE payments SET refunded_minor = amount_minor",
    "INSERT INTO stock_movements (id, variant_id, delta, reason, created_at) \
     SELECT 'x', id, 1, 'import', 1 FROM variants",
    "INSERT INTO cart_lines (cart_id, variant_id, quantity, unit_price_minor, title, added_at) \
     SELECT id, 'x', 1, 1, 'x', 1 FROM carts",
    "UPDATE cart_lines SET quantity = 1",
    "DELETE FROM cart_lines",
    "DELETE FROM checkouts",
    "UPDATE checkouts SET draft = '{}'",
    "INSERT INTO fulfilments (id, order_id, carrier, tracking_number, shipped_at) \
     SELECT id, id, '', '', 1 FROM orders",
    "UPDATE products SET in_stock = 0",
    "DELETE FROM variants",
];

async fn an_older_server_writes_nothing(shop: TestShop) {
    let db = shop.db();
    fill(shop.db()).await;
    db.migrate().await.unwrap();
    let before = rows(db).await;
    for statement in OF_BEFORE {
        let mut tx = db.begin().await.unwrap();
        let written = Sql::new(statement).execute(&mut *tx).await;
        assert!(written.is_err(), "{statement}");
        tx.rollback().await.unwrap();
    }
    assert_eq!(rows(db).await, before);
}

const OF_SQLITE: &str = include_str!("../../../../migrations/sqlite/0020_orders.sql");
const OF_POSTGRES: &str = include_str!("../../../../migrations/postgres/0020_orders.sql");

async fn stopped_in_the_middle_it_begins_again(shop: TestShop) {
    let db = shop.db();
    fill(shop.db()).await;
    db.migrate_to(19).await.unwrap();
    let before = rows(db).await;
    if db.dialect() == Dialect::Sqlite {
        let empty = Sql::new("PRAGMA wal_checkpoint(TRUNCATE)");
        empty.fetch_all(db.control()).await.unwrap();
    }
    // The whole of it, of which nothing is committed.
    let mut tx = db.begin().await.unwrap();
    match db.dialect() {
        // What the disk holds at this moment is what a process that is killed leaves behind.
        Dialect::Sqlite => {
            // So little is kept in memory that most of it is on the disk by then.
            let little = Sql::new("PRAGMA cache_size = 10").fetch_all(&mut *tx).await;
            little.unwrap();
            sqlx::Executor::execute(&mut *tx, OF_SQLITE).await.unwrap();
            let file = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let file = Sql::new(file).fetch_one(&mut *tx).await.unwrap();
            let file = file.text("file").unwrap();
            let folder = tempfile::tempdir().unwrap();
            let copy = folder.path().join("shop.db");
            for end in ["", "-wal"] {
                let to = format!("{}{end}", copy.display());
                std::fs::copy(format!("{file}{end}"), to).unwrap();
            }
            let left = std::fs::metadata(format!("{file}-wal")).unwrap().len();
            assert!(left > 100_000, "half of it is there: {left} bytes");
            tx.rollback().await.unwrap();
            let url = format!("sqlite://{}", copy.display());
            let killed = Db::connect(&url).await.unwrap();
            assert_eq!(rows(&killed).await, before);
            assert_eq!(found_before(&killed).await, [""; 0]);
            killed.migrate().await.expect("it begins again");
            assert_stock_adds_up(&killed).await;
            killed.close().await;
        }
        Dialect::Postgres => {
            sqlx::Executor::execute(&mut *tx, OF_POSTGRES)
                .await
                .unwrap();
            let own = "SELECT CAST(pg_backend_pid() AS BIGINT) AS n";
            let own = Sql::new(own).fetch_one(&mut *tx).await.unwrap();
            let end = format!(
                "SELECT COUNT(pg_terminate_backend({})) AS n",
                own.int("n").unwrap()
            );
            // Its tables are locked, so no statement of the shop's gets past it before it is gone.
            let ended = Sql::new(&end).fetch_one(db.control()).await.unwrap();
            assert_eq!(ended.int("n").unwrap(), 1);
            assert!(tx.commit().await.is_err(), "it is gone");
        }
    }
    assert_eq!(rows(db).await, before);
    assert_eq!(found_before(db).await, [""; 0]);
    db.migrate().await.expect("it begins again");
    assert_stock_adds_up(db).await;
}

async fn a_new_word_takes_no_rebuild(shop: TestShop) {
    let db = shop.db();
    fill(shop.db()).await;
    db.migrate().await.unwrap();
    let set = "UPDATE orders SET payment_status = 'chargeback' WHERE payment_status = 'declined'";
    let tried = async || {
        let mut tx = db.begin().await.unwrap();
        let written = Sql::new(set).execute(&mut *tx).await;
        tx.rollback().await.unwrap();
        written
    };
    tried().await.expect_err("it is no word yet");
    let change: &[&str] = match db.dialect() {
        Dialect::Sqlite => &[
            "DROP TRIGGER orders_payment_status_next_word",
            "CREATE TRIGGER orders_payment_status_next_word BEFORE UPDATE OF payment_status ON orders \
             WHEN NEW.payment_status NOT IN ('captured', 'chargeback') \
             BEGIN SELECT RAISE(ABORT, 'orders_payment_status_word: no such word'); END",
        ],
        Dialect::Postgres => &[
            "ALTER TABLE orders DROP CONSTRAINT orders_payment_status_word",
            "ALTER TABLE orders ADD CONSTRAINT orders_payment_status_word CHECK (payment_status IN \
             ('pending', 'due', 'authorised', 'captured', 'declined', 'voided', 'refunded', \
             'disputed', 'chargeback')) NOT VALID",
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_payment_status_word",
        ],
    };
    for statement in change {
        shop.execute(statement).await;
    }
    assert_eq!(tried().await.unwrap(), 1);
}

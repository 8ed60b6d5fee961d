//! What batches of orders run on: one port, with sqlx's transactions behind it and a pipelined connection to
//! Postgres.

use std::time::Duration;

use futures_util::FutureExt as _;
use server::{
    db::{Dialect, Get as _, Pipeline, PlacingTx, Rows, Session, Sql, Transaction},
    error::Result,
};

use crate::support::{Goods, Kind, TestShop, cash, on_both_databases, order, run};

on_both_databases!(rows_come_back_as_they_were_given);

const NOTES: &str = "CREATE TABLE notes (id TEXT NOT NULL PRIMARY KEY, note TEXT, units BIGINT, ready SMALLINT NOT NULL)";

const LONG: Duration = Duration::from_secs(60);

fn given() -> Rows {
    let mut rows = Rows::default();
    rows.text("id", ["a", "b", "c"])
        .maybe_text("note", [None, Some("\"ü\", {1}\\\n'"), Some("")])
        .maybe_int("units", [Some(i64::MIN), None, Some(7)])
        .int("ready", [1, 0, 1]);
    rows
}

async fn stored(mut tx: impl Transaction, dialect: Dialect) -> Result<()> {
    let insert = Sql::insert(dialect, "notes", given());
    let none = Sql::insert(dialect, "notes", {
        let mut rows = Rows::default();
        rows.text("id", Vec::<&str>::new())
            .int("ready", Vec::<i64>::new());
        rows
    });
    let mut two = Sql::new("SELECT id, note, units, ready FROM notes WHERE id");
    two.among(dialect, ["c", "a", "no"])
        .push(" AND ready = ")
        .int(1)
        .push(" ORDER BY id");
    let mut nobody = Sql::new("SELECT id FROM notes WHERE id");
    nobody.among(dialect, Vec::<&str>::new());
    let mut renamed = Sql::new("UPDATE notes SET note = ");
    renamed.text("new").push(" WHERE id").among(dialect, ["b"]);
    let all = Sql::new("SELECT id, note, units, ready FROM notes ORDER BY id");
    let statements = vec![insert, none, two, nobody, renamed, all];

    let answers = tx.run(statements).await?;

    let changed: Vec<u64> = answers.iter().map(|answer| answer.changed).collect();
    assert_eq!((changed[0], changed[1], changed[4]), (3, 0, 1));
    let ids = |nth: usize| -> Vec<String> {
        let rows = answers[nth].rows.iter();
        rows.map(|row| row.text("id").unwrap()).collect()
    };
    assert_eq!(ids(2), ["a", "c"]);
    assert!(ids(3).is_empty());
    assert_eq!(ids(5), ["a", "b", "c"]);
    let [a, b, c] = answers[5].rows.as_slice() else {
        panic!("there are three");
    };
    assert_eq!(a.maybe_text("note")?, None);
    assert_eq!(b.text("note")?, "new");
    assert_eq!(c.text("note")?, "");
    assert_eq!((a.int("units")?, b.maybe_int("units")?), (i64::MIN, None));
    assert!(a.flag("ready")? && !b.flag("ready")?);
    assert!(a.text("note").is_err(), "nothing is no text");
    assert!(a.int("id").is_err(), "a text is no number");
    assert!(a.text("nothing").is_err(), "there is no such column");
    tx.commit().await
}

async fn rows_come_back_as_they_were_given(shop: TestShop) {
    shop.execute(NOTES).await;
    let dialect = shop.db().dialect();
    match shop.db().begin_by_key().await.unwrap() {
        PlacingTx::Alone(tx) => stored(tx, dialect).await,
        PlacingTx::Pipelined(tx) => stored(tx, dialect).await,
    }
    .unwrap();
    assert_eq!(notes(&shop).await, 3);
}

async fn notes(shop: &TestShop) -> i64 {
    shop.number("SELECT COUNT(*) AS n FROM notes").await
}

async fn pipeline(shop: &TestShop) -> Pipeline {
    match shop.db().begin_by_key().await.unwrap() {
        PlacingTx::Pipelined(tx) => tx,
        PlacingTx::Alone(_) => panic!("orders are pipelined on Postgres"),
    }
}

fn note(id: &str) -> Sql {
    let mut rows = Rows::default();
    rows.text("id", [id]).int("ready", [1]);
    Sql::insert(Dialect::Postgres, "notes", rows)
}

/// Until no transaction of the shop is left standing.
async fn all_ended(shop: &TestShop) {
    let open = "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database() \
         AND pid <> pg_backend_pid() AND xact_start IS NOT NULL";
    let ended = async {
        while shop.number(open).await > 0 {
            tokio::task::yield_now().await;
        }
    };
    let ended = tokio::time::timeout(LONG, ended).await;
    ended.expect("transactions end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_statement_that_fails_is_told_and_undoes_all() {
    run(Kind::Postgres, |shop: TestShop| async move {
        shop.execute(NOTES).await;
        for _ in 0..4 {
            let mut tx = pipeline(&shop).await;
            let failed = tx.run(vec![note("a"), note("a"), Sql::new("SELECT 1 / 0 AS n")]);
            let error = failed.await.err().expect("a note is there once");
            assert!(error.is_unique_violation(), "{error:?}");
            drop(tx);
            all_ended(&shop).await;
            assert_eq!(notes(&shop).await, 0);
        }
        // More often than there are connections: they are used again.
        let mut tx = pipeline(&shop).await;
        tx.run(vec![note("a")]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(notes(&shop).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_is_dropped_with_answers_to_come_leaves_nothing() {
    run(Kind::Postgres, |shop: TestShop| async move {
        shop.execute(NOTES).await;
        let mut held = shop.db().begin().await.unwrap();
        let lock = Sql::new("LOCK TABLE notes IN EXCLUSIVE MODE");
        lock.execute(&mut *held).await.unwrap();
        // Both connections, each with statements on their way that wait.
        for (nth, id) in (1..).zip(["a", "b"]) {
            let mut tx = pipeline(&shop).await;
            let mut answers = Box::pin(tx.run(vec![note(id), note("z")]));
            while waiting(&shop).await < nth {
                assert!((&mut answers).now_or_never().is_none(), "it waits");
            }
            drop(answers);
            drop(tx);
        }
        held.commit().await.unwrap();
        all_ended(&shop).await;
        assert_eq!(notes(&shop).await, 0);

        let mut tx = pipeline(&shop).await;
        let [rows] = tx.ask([Sql::new("SELECT id FROM notes")]).await.unwrap();
        assert!(rows.is_empty());
        tx.rollback().await.unwrap();
    })
    .await;
}

async fn waiting(shop: &TestShop) -> i64 {
    let count = "SELECT COUNT(*) AS n FROM pg_stat_activity \
         WHERE datname = current_database() AND wait_event_type = 'Lock'";
    shop.number(count).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_waits_for_a_row_no_longer_than_it_may() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let rope = shop.stock(Goods::named("Rope").price(1000).units(3)).await;
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let mut held = shop.db().begin().await.unwrap();
        let mut lock = Sql::new("SELECT id FROM variants WHERE id = ");
        lock.text(rope.variant()).push(" FOR UPDATE");
        lock.fetch_all(&mut *held).await.unwrap();
        let busy = shop.place(&cart, order(cash(), 1000)).await.unwrap_err();
        assert_eq!(busy.kind, app::error::ErrorKind::Busy);
        held.commit().await.unwrap();
        all_ended(&shop).await;
        shop.place(&cart, order(cash(), 1000)).await.unwrap();
        assert_eq!(shop.units(rope.variant()).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_the_server_ended_are_opened_again() {
    run(Kind::Postgres, |shop: TestShop| async move {
        shop.execute(NOTES).await;
        for id in ["a", "b", "c"] {
            let mut tx = pipeline(&shop).await;
            tx.run(vec![note(id)]).await.unwrap();
            let cut = "SELECT COUNT(pg_terminate_backend(pid)) AS n FROM pg_stat_activity \
                 WHERE datname = current_database() AND xact_start IS NOT NULL \
                 AND pid <> pg_backend_pid()";
            assert_eq!(shop.number(cut).await, 1);
            // Whether it came through is not known: the shop takes it for out of reach, and tries again.
            let error = tx.commit().await.expect_err("the connection is gone");
            assert!(error.is_unavailable(), "{error:?}");
        }
        let mut tx = pipeline(&shop).await;
        tx.run(vec![note("d")]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(notes(&shop).await, 1);
    })
    .await;
}

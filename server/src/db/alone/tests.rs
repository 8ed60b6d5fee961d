use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::oneshot;

use super::*;
use crate::{
    db::{Db, Dialect, Get as _, PlacingTx, Rows, Session as _, Sql, Transaction as _},
    error::Error,
};

const LONG: Duration = Duration::from_secs(60);

async fn database(folder: &tempfile::TempDir) -> Db {
    let url = format!("sqlite://{}/the%20shop.db", folder.path().display());
    let db = Db::connect(&url).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let table = "CREATE TABLE notes (id TEXT NOT NULL PRIMARY KEY, note TEXT, units BIGINT)";
    Sql::new(table).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    db
}

async fn begin(db: &Db) -> Alone {
    match db.begin_by_key().await.unwrap() {
        PlacingTx::Alone(tx) => tx,
        PlacingTx::Pipelined(_) => panic!("orders are alone on SQLite"),
    }
}

fn notes<'a>(ids: impl IntoIterator<Item = &'a str>) -> Sql {
    let mut rows = Rows::default();
    rows.text("id", ids);
    Sql::insert(Dialect::Sqlite, "notes", rows)
}

async fn count(db: &Db) -> i64 {
    let count = Sql::new("SELECT COUNT(*) AS n FROM notes").fetch_value(db.reader());
    count.await.unwrap()
}

#[tokio::test]
async fn connections_share_no_cache_and_the_library_can_do_what_the_shop_needs() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    let mut tx = begin(&db).await;
    let [options] = tx.ask([Sql::new("PRAGMA compile_options")]).await.unwrap();
    let told = options
        .iter()
        .map(|row| row.text("compile_options").unwrap());
    let told: Vec<String> = told.collect();
    let is_on = |option: &str| told.iter().any(|told| told == option);
    for off in ["ENABLE_MEMORY_MANAGEMENT", "ENABLE_API_ARMOR"] {
        assert!(!is_on(off), "{off}: is `.cargo/config.toml` read?");
    }
    for on in [
        "DEFAULT_FOREIGN_KEYS",
        "DEFAULT_MEMSTATUS=0",
        "ENABLE_FTS5",
        "ENABLE_STAT4",
        "OMIT_SHARED_CACHE",
        "THREADSAFE=1",
    ] {
        assert!(is_on(on), "{on} is missing in {told:?}");
    }
    let of_json = Sql::new("SELECT value AS n FROM json_each('[7]')");
    let [json] = tx.ask([of_json]).await.unwrap();
    assert_eq!(json[0].int("n").unwrap(), 7);
}

#[tokio::test]
async fn parameters_are_those_of_their_numbers_wherever_they_are_in_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    let mut tx = begin(&db).await;
    let mut rows = Rows::default();
    rows.text("id", ["a", "b"])
        .maybe_text("note", [None, Some("a \"note\"")])
        .int("units", [1, 2]);
    let mut insert = Sql::insert(Dialect::Sqlite, "notes", rows);
    insert
        .push(" ON CONFLICT (id) DO UPDATE SET units = ")
        .int(9)
        .push(" RETURNING id");
    let mut given = Rows::default();
    given.text("id", ["b", "a"]).int("more", [20, 10]);
    let mut update = Sql::new("UPDATE notes SET units = units + g.more + ");
    update.int(100).push(" FROM ");
    update
        .given(Dialect::Sqlite, given)
        .push(" AS g WHERE notes.id = g.id AND notes.id")
        .among(Dialect::Sqlite, ["a", "b"])
        .push(" AND note = ")
        .text("a \"note\"");
    let all = Sql::new("SELECT units, id FROM notes ORDER BY id");

    let again = insert.clone();
    let answers = tx.run(vec![insert, update, all, again]).await.unwrap();

    let changed: Vec<u64> = answers.iter().map(|answer| answer.changed).collect();
    assert_eq!(changed, [2, 1, 0, 2]);
    let of = |nth: usize, column: &str| -> Vec<i64> {
        let rows = answers[nth].rows.iter();
        rows.map(|row| row.int(column).unwrap()).collect()
    };
    assert_eq!(of(2, "units"), [1, 122]);
    let returned = answers[0].rows.iter().map(|row| row.text("id").unwrap());
    assert_eq!(returned.collect::<Vec<_>>(), ["a", "b"]);
    tx.commit().await.unwrap();
    let units = Sql::new("SELECT SUM(units) AS n FROM notes").fetch_value::<i64>(db.reader());
    assert_eq!(units.await.unwrap(), 18);
}

#[tokio::test]
async fn the_first_statement_that_fails_is_told_as_by_sqlx_and_undoes_all() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    for _ in 0..3 {
        let mut tx = begin(&db).await;
        let failed = tx.run(vec![notes(["a", "b"]), notes(["c", "a"])]).await;
        let error = failed.err().expect("a note is there once");
        assert!(error.is_unique_violation(), "{error:?}");
        let mut begun = Box::pin(db.begin());
        assert!((&mut begun).now_or_never().is_none(), "there is one writer");
        drop(tx);
        let mut by_sqlx = begun.await.unwrap();
        notes(["a"]).execute(&mut *by_sqlx).await.unwrap();
        let said = notes(["a"]).execute(&mut *by_sqlx).await.unwrap_err();
        assert_eq!(said.to_string(), error.to_string());
        by_sqlx.rollback().await.unwrap();
        assert_eq!(count(&db).await, 0);
    }
    let mut tx = begin(&db).await;
    let error = tx.run(vec![Sql::new("SELECT none FROM notes")]).await;
    let error = error.err().expect("there is no such column");
    assert!(
        matches!(error, Error::Database(_)) && !error.is_unavailable() && !error.is_transient(),
        "{error:?}"
    );
    tx.rollback().await.unwrap();
}

#[tokio::test]
async fn those_who_write_wait_for_a_batch_and_it_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    let mut tx = begin(&db).await;
    tx.run(vec![notes(["a"])]).await.unwrap();
    let mut other = Box::pin(db.begin());
    assert!((&mut other).now_or_never().is_none(), "it waits");
    assert_eq!(count(&db).await, 0, "readers do not");
    tx.commit().await.unwrap();
    let mut other = other.await.unwrap();
    let mut batch = Box::pin(begin(&db));
    assert!((&mut batch).now_or_never().is_none(), "it waits");
    notes(["b"]).execute(&mut *other).await.unwrap();
    other.commit().await.unwrap();
    let mut tx = batch.await;
    let [both] = tx.ask([Sql::new("SELECT id FROM notes")]).await.unwrap();
    assert_eq!(both.len(), 2);
}

#[tokio::test]
async fn a_batch_that_nobody_waits_for_any_more_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    for late in [Late::ToWrite, Late::ToCommit] {
        let (begun, has_begun) = oneshot::channel();
        let (go, may_go) = oneshot::channel();
        let tx = begin(&db).await;
        let batch = tx.aside(move |mut tx: Alone| async move {
            tx.run(vec![notes(["a"])]).await?;
            let _ = begun.send(());
            let _ = may_go.await;
            if late == Late::ToWrite {
                tx.run(vec![notes(["b"])]).await?;
            }
            tx.commit().await
        });
        let asker = tokio::spawn(batch);
        has_begun.await.unwrap();
        asker.abort();
        assert!(asker.await.unwrap_err().is_cancelled());
        let _ = go.send(());
        // The next has its turn when this one is over.
        let next = tokio::time::timeout(LONG, begin(&db)).await;
        drop(next.expect("it ends"));
        assert_eq!(count(&db).await, 0, "{late:?}");
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Late {
    ToWrite,
    ToCommit,
}

#[tokio::test]
async fn a_panic_costs_its_own_batch_alone() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    let tx = begin(&db).await;
    let failed = tx.aside(|mut tx: Alone| async move {
        let answers = tx.run(vec![notes(["a"])]).await?;
        assert!(answers.is_empty(), "this test panics here");
        tx.commit().await
    });
    assert!(matches!(failed.await, Err(Error::Invariant(_))));
    let tx = begin(&db).await;
    let placed = tx.aside(|mut tx: Alone| async move {
        tx.run(vec![notes(["b"])]).await?;
        tx.commit().await
    });
    placed.await.unwrap();
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn a_full_disk_is_told_and_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    let mut tx = begin(&db).await;
    let limit = "PRAGMA max_page_count = 4";
    tx.run(vec![notes(["half"]), Sql::new(limit)])
        .await
        .unwrap();
    let long = "INSERT INTO notes (id) VALUES (HEX(RANDOMBLOB(10000)))";
    let full = loop {
        if let Err(error) = tx.run(vec![Sql::new(long)]).await {
            break error;
        }
    };
    assert!(full.is_unavailable(), "{full:?}");
    // SQLite has ended the transaction: what follows would be written by itself.
    assert!(tx.run(vec![notes(["after"])]).await.is_err());
    assert!(tx.commit().await.is_err());
    let mut tx = begin(&db).await;
    tx.run(vec![
        Sql::new("PRAGMA max_page_count = 1000000"),
        notes(["whole"]),
    ])
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn nothing_is_left_beside_the_file_once_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    let mut tx = begin(&db).await;
    tx.run(vec![notes(["a"])]).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    assert!(!folder.path().join("the shop.db-wal").exists());
    assert!(matches!(
        db.begin_by_key().await.err(),
        Some(Error::Database(sqlx::Error::PoolClosed))
    ));
}

#[tokio::test]
async fn what_batches_write_is_brought_into_the_file_while_the_shop_runs() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    for round in 1..=2 {
        let mut tx = begin(&db).await;
        tx.run(vec![notes([format!("note {round}").as_str()])])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let copied = async {
            while notes_of_the_file_alone(&folder) != Some(round) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(LONG, copied).await.unwrap();
    }
    db.close().await;
}

/// Without what is in the log only.
fn notes_of_the_file_alone(folder: &tempfile::TempDir) -> Option<i64> {
    let copy = folder.path().join("copy.db");
    std::fs::copy(folder.path().join("the shop.db"), &copy).ok()?;
    let copy = Connection::open(copy).ok()?;
    let count = copy.query_row("SELECT COUNT(*) FROM notes", [], |row| row.get(0));
    count.ok()
}

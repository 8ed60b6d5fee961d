//! What becomes of connections when a disk is full, or load is high.

use super::*;

async fn database(folder: &tempfile::TempDir) -> Db {
    let url = format!("sqlite://{}", folder.path().join("shop.db").display());
    let db = Db::connect(&url).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    execute(&mut tx, "CREATE TABLE notes (note TEXT NOT NULL)")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    db
}

async fn execute(tx: &mut Tx, sql: &'static str) -> Result<()> {
    sqlx::query(sql).execute(&mut **tx).await?;
    Ok(())
}

async fn notes(db: &Db) -> i64 {
    let count = Sql::new("SELECT COUNT(*) AS n FROM notes").fetch_value(db.reader());
    count.await.unwrap()
}

/// With a writer whose file may not grow.
async fn fill_up(tx: &mut Tx) -> Error {
    let limit = Sql::new("PRAGMA max_page_count = 2")
        .fetch_all(&mut **tx)
        .await;
    limit.unwrap();
    loop {
        let more = execute(tx, "INSERT INTO notes VALUES (HEX(ZEROBLOB(10000)))").await;
        if let Err(error) = more {
            return error;
        }
    }
}

#[tokio::test]
async fn a_disk_that_was_full_leaves_no_connection_that_cannot_begin() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    for _ in 0..3 {
        let mut tx = db.begin().await.unwrap();
        execute(&mut tx, "INSERT INTO notes VALUES ('half')")
            .await
            .unwrap();
        let error = fill_up(&mut tx).await;
        assert!(error.is_unavailable(), "{error:?}");
        drop(tx);
    }
    let mut tx = db.begin().await.expect("there is room again");
    execute(&mut tx, "INSERT INTO notes VALUES ('whole')")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(notes(&db).await, 1, "nothing was half-written");
}

#[tokio::test]
async fn a_full_disk_is_told_from_a_broken_statement() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    let mut tx = db.begin().await.unwrap();
    let wrong = execute(&mut tx, "INSERT INTO notes VALUES (NULL)")
        .await
        .unwrap_err();
    assert!(
        !wrong.is_unavailable() && !wrong.is_transient(),
        "{wrong:?}"
    );
    execute(&mut tx, "INSERT INTO notes VALUES ('it goes on')")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let reader = db.control().acquire().await.unwrap();
    let mut reading = reader.detach();
    sqlx::query("PRAGMA query_only = ON")
        .execute(&mut reading)
        .await
        .unwrap();
    let refused = sqlx::query("DELETE FROM notes").execute(&mut reading).await;
    let refused = Error::from(refused.unwrap_err());
    assert!(
        refused.is_unavailable(),
        "a disk that only reads: {refused:?}"
    );
}

#[tokio::test]
async fn load_is_not_taken_for_a_database_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let db = database(&folder).await;
    let mut busy = Vec::new();
    for _ in 0..CONNECTIONS {
        busy.push(db.reader().acquire().await.unwrap());
    }
    let held = db.begin().await.unwrap();
    db.ping().await.expect("it answers whatever requests hold");
    drop((busy, held));
}

//! A server that is older than its database changes nothing in it, and says what to do.

use server::error::Error;

use crate::support::{TestShop, on_both_databases, rows};

on_both_databases!(
    a_newer_schema_is_refused_in_words_and_left_alone,
    a_schema_of_another_history_is_refused_too,
);

/// As if a migration of this number had run.
async fn note(shop: &TestShop, version: i64) {
    shop.execute(&format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT {version}, 'unknown', success, checksum, execution_time \
         FROM _sqlx_migrations WHERE version = 1"
    ))
    .await;
}

async fn newest(shop: &TestShop) -> i64 {
    shop.number("SELECT MAX(version) AS n FROM _sqlx_migrations")
        .await
}

async fn a_newer_schema_is_refused_in_words_and_left_alone(shop: TestShop) {
    let db = shop.db();
    db.migrate().await.unwrap();
    let ours = newest(&shop).await;
    note(&shop, ours + 1).await;
    note(&shop, ours + 3).await;
    // What a start does besides.
    shop.execute("UPDATE folded_keys SET done = 0, after_id = ''")
        .await;
    let folded = "SELECT COUNT(*) AS n FROM folded_keys WHERE done = 1";
    let before = rows(db).await;
    for _ in 0..2 {
        let refused = db.migrate().await.expect_err("it is newer");
        let Error::NewerSchema { found, known } = refused else {
            panic!("{refused:?}");
        };
        assert_eq!((found, known), (ours + 3, ours));
        let words = refused.to_string();
        for part in [
            "start the newer server, or restore the backup",
            &format!("has schema version {}", ours + 3),
            &format!("knows versions up to {ours} only"),
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
    }
    assert_eq!(rows(db).await, before);
    assert_eq!(shop.number(folded).await, 0);

    // The backup is back, and no run that failed still keeps the others out.
    shop.execute(&format!(
        "DELETE FROM _sqlx_migrations WHERE version > {ours}"
    ))
    .await;
    db.migrate().await.expect("the schema is ours");
    assert_eq!(shop.number(folded).await, 5);
}

async fn a_schema_of_another_history_is_refused_too(shop: TestShop) {
    note(&shop, 0).await;
    let refused = shop.db().migrate().await.unwrap_err();
    assert!(matches!(refused, Error::Migration(_)), "{refused:?}");
    assert!(refused.to_string().contains("migration 0 "), "{refused}");
}

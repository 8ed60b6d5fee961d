//! A migration that was released stays as it is: every shop that it ran in keeps the checksum of its
//! bytes and compares it at every start.

use std::path::{Path, PathBuf};

use server::{
    db::{Dialect, Get, Sql},
    error::Error,
};
use sha2::{Digest, Sha384};
use sqlx::Row;

use crate::support::{TestShop, on_both_databases};

on_both_databases!(
    a_shop_keeps_the_checksums_that_were_released,
    a_migration_is_known_by_its_number_and_its_bytes,
);

/// As `sha384sum sqlite/*.sql postgres/*.sql` writes it.
const RELEASED: &str = include_str!("../../../../migrations/released.sha384");

struct Released {
    folder: &'static str,
    file: &'static str,
    checksum: &'static str,
}

fn released() -> impl Iterator<Item = Released> {
    RELEASED.lines().map(|line| {
        let (checksum, path) = line.split_once("  ").expect("a checksum and a file");
        let (folder, file) = path.split_once('/').expect("a folder and a file");
        Released {
            folder,
            file,
            checksum,
        }
    })
}

fn folder(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    }
}

fn path(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../migrations")
        .join(folder)
}

/// The number that a file's name begins with.
fn number(file: &str) -> Option<i64> {
    let (number, name) = file.split_once('_')?;
    let is_plain = number.len() == 4 && name.ends_with(".sql");
    let is_one_way = !name.ends_with(".up.sql") && !name.ends_with(".down.sql");
    (is_plain && is_one_way).then_some(number.parse().ok()?)
}

fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(path(folder)).expect("the folder is there");
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn a_released_migration_is_not_edited() {
    for Released {
        folder,
        file,
        checksum,
    } in released()
    {
        let bytes = std::fs::read(path(folder).join(file));
        let bytes = bytes.unwrap_or_else(|error| panic!("{folder}/{file}: {error}"));
        assert_eq!(
            hex::encode(Sha384::digest(bytes)),
            checksum,
            "{folder}/{file} has run in shops: write a new migration instead"
        );
    }
}

/// What is called otherwise is no migration to sqlx, which says nothing of it.
#[test]
fn every_file_is_a_migration_and_has_its_twin() {
    let files = [Dialect::Sqlite, Dialect::Postgres].map(|dialect| files(folder(dialect)));
    assert_eq!(files[0], files[1], "each database has its own of each");
    let mut numbers: Vec<_> = files[0]
        .iter()
        .map(|file| number(file).unwrap_or_else(|| panic!("{file} is not called NNNN_name.sql")))
        .collect();
    numbers.dedup();
    assert_eq!(numbers.len(), files[0].len(), "each has its own number");
}

async fn a_shop_keeps_the_checksums_that_were_released(shop: TestShop) {
    let kept = Sql::new("SELECT version, checksum FROM _sqlx_migrations ORDER BY version");
    let kept = kept.fetch_all(shop.db().reader()).await.unwrap();
    let kept: Vec<_> = kept
        .iter()
        .map(|row| {
            let checksum: Vec<u8> = row.get("checksum");
            (row.int("version").unwrap(), hex::encode(checksum))
        })
        .collect();
    let released: Vec<_> = released()
        .filter(|released| released.folder == folder(shop.db().dialect()))
        .map(|released| {
            let number = number(released.file).expect("it is a migration");
            (number, released.checksum.to_owned())
        })
        .collect();
    assert!(released.len() >= 18, "all of them are listed");
    assert_eq!(kept.get(..released.len()), Some(released.as_slice()));
}

async fn a_migration_is_known_by_its_number_and_its_bytes(shop: TestShop) {
    let db = shop.db();
    // Earlier versions described the first as "0001_catalog".
    shop.execute("UPDATE _sqlx_migrations SET description = 'as an earlier version called it'")
        .await;
    db.migrate().await.expect("names do not matter");

    shop.execute(
        "UPDATE _sqlx_migrations SET checksum = \
         (SELECT checksum FROM _sqlx_migrations WHERE version = 1) WHERE version = 2",
    )
    .await;
    let refused = db.migrate().await.unwrap_err();
    assert!(matches!(refused, Error::Migration(_)), "{refused:?}");
    assert!(refused.to_string().contains("migration 2 "), "{refused}");
}

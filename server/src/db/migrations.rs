use std::borrow::Cow;

use sqlx::{
    Any, AssertSqlSafe, Pool, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use super::Dialect;
use crate::error::{Error, Result};

type Files = &'static [(i64, &'static str, &'static str)];

macro_rules! migrations {
    ($folder:literal: $($version:literal $name:literal),+ $(,)?) => {
        &[$((
            $version,
            $name,
            include_str!(concat!("../../../migrations/", $folder, "/", $name, ".sql")),
        )),+]
    };
}

const SQLITE: Files = migrations!("sqlite":
    1 "0001_catalog",
    2 "0002_cart",
    3 "0003_orders",
    4 "0004_accounts",
    5 "0005_coordination",
    6 "0006_accounts_mail",
    7 "0007_fulfilment",
    8 "0008_products",
    9 "0009_people",
    10 "0010_desk",
    11 "0011_once",
    12 "0012_choices",
    15 "0015_import",
);
const POSTGRES: Files = migrations!("postgres":
    1 "0001_catalog",
    2 "0002_cart",
    3 "0003_orders",
    4 "0004_accounts",
    5 "0005_coordination",
    6 "0006_accounts_mail",
    7 "0007_fulfilment",
    8 "0008_products",
    9 "0009_people",
    10 "0010_desk",
    11 "0011_once",
    12 "0012_choices",
    15 "0015_import",
);

/// Brings the database to the schema of version `last`, or the present one if that is older. Nodes
/// that start together wait for each other.
pub async fn run(dialect: Dialect, pool: &Pool<Any>, last: i64) -> Result<()> {
    let files = match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    let migrations = files
        .iter()
        .filter(|(version, ..)| *version <= last)
        .map(|(version, name, sql)| {
            Migration::new(
                *version,
                Cow::Borrowed(*name),
                MigrationType::Simple,
                AssertSqlSafe(*sql).into_sql_str(),
                false,
            )
        })
        .collect();
    Migrator::with_migrations(migrations)
        .run(pool)
        .await
        .map_err(Error::Migration)
}

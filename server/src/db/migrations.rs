use std::borrow::Cow;

use sqlx::{
    Any, AssertSqlSafe, Pool, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use super::{COMMAND, Dialect, postgres_pool};
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
    13 "0013_guard",
    14 "0014_second_factor",
    15 "0015_import",
    16 "0016_currency",
    17 "0017_letters",
    18 "0018_places",
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
    13 "0013_guard",
    14 "0014_second_factor",
    15 "0015_import",
    16 "0016_currency",
    17 "0017_letters",
    18 "0018_places",
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
    let migrator = Migrator::with_migrations(migrations);
    match dialect {
        Dialect::Sqlite => migrator.run(pool).await,
        Dialect::Postgres => {
            // A large shop's tables take longer than a request may.
            let patient = postgres_pool(1, COMMAND)
                .connect_with((*pool.connect_options()).clone())
                .await?;
            let migrated = migrator.run(&patient).await;
            patient.close().await;
            migrated
        }
    }
    .map_err(Error::Migration)
}

use sqlx::{
    Any, Pool,
    migrate::{MigrateError, Migrator},
};
// `sqlx::migrate!` itself. The feature of sqlx that has it would compile both drivers for the compiler too.
use sqlx_macros::migrate;

use super::{COMMAND, Dialect, Sql, postgres_pool};
use crate::error::{Error, Result};

static SQLITE: Migrator = migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = migrate!("../../migrations/postgres");

/// Brings the database to the schema of version `last`, or the present one if that is older. Nodes
/// that start together wait for each other. A database of a newer version is refused and stays as it is.
pub async fn run(dialect: Dialect, pool: &Pool<Any>, last: i64) -> Result<()> {
    match dialect {
        Dialect::Sqlite => apply(&SQLITE, pool, last).await,
        Dialect::Postgres => {
            // A large shop's tables take longer than a request may.
            let patient = postgres_pool(1, COMMAND)
                .connect_with((*pool.connect_options()).clone())
                .await?;
            let migrated = apply(&POSTGRES, &patient, last).await;
            // Also gives back the lock of a run that failed.
            patient.close().await;
            migrated
        }
    }
}

async fn apply(migrator: &Migrator, pool: &Pool<Any>, last: i64) -> Result<()> {
    let Err(error) = migrator.run_to(last, pool).await else {
        return Ok(());
    };
    if let MigrateError::VersionMissing(_) = error {
        let (found, known) = (found(pool).await?, known(migrator));
        if found > known {
            return Err(Error::NewerSchema { found, known });
        }
    }
    Err(Error::Migration(error))
}

/// The version that the database has, and the newest that this server knows.
pub async fn versions(dialect: Dialect, pool: &Pool<Any>) -> Result<(i64, i64)> {
    let migrator = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    Ok((found(pool).await?, known(migrator)))
}

async fn found(pool: &Pool<Any>) -> Result<i64> {
    Sql::new("SELECT MAX(version) AS n FROM _sqlx_migrations")
        .fetch_value(pool)
        .await
}

fn known(migrator: &Migrator) -> i64 {
    let versions = migrator.iter().map(|migration| migration.version);
    versions.max().unwrap_or_default()
}

//! Where a rehearsal is played: a schema in the shop's own Postgres database, or a file beside its SQLite file, and
//! keys of its own in Redis. One rehearsal at a time has it; what one leaves that was killed is known by its name.

use std::{
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
    time::Duration,
};

use percent_encoding::percent_decode_str;
use sqlx::{Any, pool::PoolConnection};
use url::Url;

use super::Installation;
use crate::{
    coordination::redis,
    db::{Cost, Db, Dialect, PlacingTx, Purpose, Session, Sql, from_row, only},
    error::{Error, Result},
    store::Store,
};

/// Of the schema, and what its connections are called.
pub const SCHEMA: &str = "holdfast_rehearsal";
/// What is noted of a schema that a rehearsal has made: another one of that name is left alone.
pub const MARK: &str = "Holdfast: a rehearsal. Nothing in it is of the shop.";
/// Behind the name of the SQLite file.
pub const SUFFIX: &str = ".rehearsal";
/// Behind the namespace of the shop's keys in Redis.
pub const NAMESPACE: &str = "--rehearsal";
/// Connections to Postgres that a server opens at most, and some.
const CONNECTIONS: i64 = 34;
/// A connection that is being closed may make a file once more.
const PAUSE: Duration = Duration::from_millis(50);
const TRIES: usize = 3;

/// The place, which nobody else has while this is there.
pub struct Ground<'a> {
    kind: Kind,
    shop: &'a Installation,
}

enum Kind {
    Schema {
        /// Holds the lock.
        session: PoolConnection<Any>,
        url: String,
    },
    File {
        path: PathBuf,
        url: String,
        lock: File,
    },
}

impl<'a> Ground<'a> {
    /// Takes the place, if it is free.
    pub async fn claim(live: &Store, shop: &'a Installation) -> Result<Self> {
        let kind = match live.dialect() {
            Dialect::Postgres => Kind::Schema {
                session: locked(live).await?,
                url: in_schema(&shop.database_url)?,
            },
            Dialect::Sqlite => {
                let path = beside(&shop.database_url);
                Kind::File {
                    lock: locked_file(&lock_of(&path))?,
                    url: file_url(&shop.database_url),
                    path,
                }
            }
        };
        Ok(Self { kind, shop })
    }

    /// Prefix of the rehearsal's keys in Redis.
    pub fn namespace(&self) -> String {
        format!("{}{NAMESPACE}", self.shop.redis_namespace)
    }

    /// Makes it and opens it, still empty. Every connection is asked whether it leads there.
    pub async fn open(&mut self) -> Result<Db> {
        match &mut self.kind {
            Kind::File { url, .. } => Db::connect_for(Purpose::Serve, url).await,
            Kind::Schema { session, url } => {
                has_room(session).await?;
                run(session, &format!("CREATE SCHEMA {SCHEMA}")).await?;
                run(session, &format!("COMMENT ON SCHEMA {SCHEMA} IS '{MARK}'")).await?;
                let db = Db::connect_for(Purpose::Serve, url).await?;
                match leads_there(&db).await {
                    Ok(()) => Ok(db),
                    Err(error) => {
                        db.close().await;
                        Err(error)
                    }
                }
            }
        }
    }

    /// Takes away all that a rehearsal has made, this one or one before; whether there was something.
    pub async fn clear(&mut self) -> Result<bool> {
        let cleared = match &mut self.kind {
            Kind::Schema { session, .. } => drop_schema(session).await?,
            Kind::File { path, .. } => remove_files(path).await?,
        };
        let Some(url) = self.shop.redis_url.as_deref().filter(|url| !url.is_empty()) else {
            return Ok(cleared);
        };
        match redis::forget(url, &self.namespace()).await {
            Ok(keys) => Ok(cleared || keys > 0),
            Err(error) => {
                tracing::warn!(
                    %error,
                    "the rehearsal's keys in Redis could not be deleted: `server rehearse --clean` does it"
                );
                Ok(cleared)
            }
        }
    }

    /// Lets others have it.
    pub async fn leave(self) -> Result<()> {
        match self.kind {
            Kind::Schema { mut session, .. } => {
                let mut sql = Sql::new("SELECT CASE WHEN pg_advisory_unlock(");
                sql.push(KEY).push(") THEN 1 ELSE 0 END AS is_unlocked");
                sql.fetch_all(&mut *session).await?;
                Ok(())
            }
            Kind::File { path, lock, .. } => {
                // While it is held: the one who opens it later makes a new one.
                remove(&lock_of(&path))?;
                drop(lock);
                Ok(())
            }
        }
    }
}

/// The key of the lock: of a rehearsal in this database.
const KEY: &str = "hashtextextended('holdfast rehearsal', 0)";

fn in_use() -> Error {
    Error::Setting("another rehearsal of this shop is running".to_owned())
}

async fn run(session: &mut PoolConnection<Any>, statement: &str) -> Result<()> {
    Sql::new(statement).execute(&mut **session).await?;
    Ok(())
}

/// What a connection says of itself once it has asked for the lock.
struct Locked {
    is_locked: bool,
    here: String,
}

from_row!(Locked { is_locked, here });

/// A connection that holds the lock for as long as it is there.
async fn locked(live: &Store) -> Result<PoolConnection<Any>> {
    let mut session = live.connection().await?;
    let mut sql = Sql::new("SELECT CASE WHEN pg_try_advisory_lock(");
    sql.push(KEY).push(
        ") THEN 1 ELSE 0 END AS is_locked, COALESCE(CAST(current_schema() AS TEXT), '') AS here",
    );
    let locked: Locked = sql.fetch_one_as(&mut *session).await?;
    if locked.here == SCHEMA {
        return Err(Error::Setting(format!(
            "the shop itself is in the schema {SCHEMA}, which rehearsals are played in"
        )));
    }
    match locked.is_locked {
        true => Ok(session),
        false => Err(in_use()),
    }
}

/// A rehearsal must not take the last connections from the shop.
async fn has_room(session: &mut PoolConnection<Any>) -> Result<()> {
    let sql = "SELECT CAST(current_setting('max_connections') AS BIGINT) \
         - CAST(current_setting('superuser_reserved_connections') AS BIGINT) \
         - (SELECT CAST(SUM(numbackends) AS BIGINT) FROM pg_stat_database) AS n";
    let free: i64 = Sql::new(sql).fetch_value(&mut **session).await?;
    match free >= CONNECTIONS {
        true => Ok(()),
        false => Err(Error::Setting(format!(
            "Postgres has {free} connections left, and a rehearsal opens up to {CONNECTIONS}, as one more \
             server would: raise its max_connections, or rehearse when less is going on"
        ))),
    }
}

/// Nothing is written before each kind of connection has said that it is in the schema.
async fn leads_there(db: &Db) -> Result<()> {
    const HERE: &str = "SELECT COALESCE(CAST(current_schema() AS TEXT), '') AS here";
    let here = || Sql::new(HERE);
    let mut found: Vec<String> = Vec::new();
    let staff = db.for_staff();
    for pool in [db.reader(), db.control(), staff.reader()] {
        found.push(here().fetch_value(pool).await?);
    }
    found.push(db.catalog().fetch_value(Cost::Rows, here()).await?);
    if let PlacingTx::Pipelined(mut tx) = db.begin_by_key().await? {
        let rows = tx.rows(here()).await?;
        found.extend(rows.first().map(only).transpose()?);
    }
    match found.iter().all(|schema| schema == SCHEMA) {
        true => Ok(()),
        false => Err(Error::Setting(format!(
            "connections to Postgres do not keep to the schema {SCHEMA}, as happens behind some poolers: \
             give this command a DATABASE_URL that leads to Postgres itself"
        ))),
    }
}

async fn drop_schema(session: &mut PoolConnection<Any>) -> Result<bool> {
    let mut sql = Sql::new(
        "SELECT COALESCE(obj_description(oid, 'pg_namespace'), '') AS mark FROM pg_namespace \
         WHERE nspname = ",
    );
    sql.text(SCHEMA);
    let found: Option<String> = sql.fetch_optional_value(&mut **session).await?;
    match found {
        None => return Ok(false),
        Some(mark) if mark == MARK => {}
        Some(_) => {
            return Err(Error::Setting(format!(
                "the database has a schema {SCHEMA} that no rehearsal has made: rename it"
            )));
        }
    }
    // Those of a server that was killed, and what it had begun.
    let mut sql = Sql::new(
        "SELECT COUNT(pg_terminate_backend(pid)) AS n FROM pg_stat_activity \
         WHERE datname = current_database() AND usename = current_user \
         AND pid <> pg_backend_pid() AND application_name = ",
    );
    sql.text(SCHEMA);
    sql.fetch_all(&mut **session).await?;
    run(session, &format!("DROP SCHEMA {SCHEMA} CASCADE")).await?;
    Ok(true)
}

/// The same database, where what has no schema before its name is in that of rehearsals.
fn in_schema(database_url: &str) -> Result<String> {
    let mut url = Url::parse(database_url)
        .map_err(|error| Error::Setting(format!("DATABASE_URL cannot be used: {error}")))?;
    url.query_pairs_mut()
        .append_pair("options[search_path]", SCHEMA)
        .append_pair("application_name", SCHEMA);
    Ok(url.into())
}

/// The address of the file beside the shop's.
fn file_url(database_url: &str) -> String {
    let file = database_url.split('?').next().unwrap_or(database_url);
    format!("{file}{SUFFIX}")
}

/// Its path, read as the database reads it.
fn beside(database_url: &str) -> PathBuf {
    let mut path = file(database_url).into_os_string();
    path.push(SUFFIX);
    path.into()
}

/// The shop's own file.
pub fn file(database_url: &str) -> PathBuf {
    let path = database_url.trim_start_matches("sqlite:");
    let path = path.trim_start_matches("//");
    let path = path.split('?').next().unwrap_or(path);
    PathBuf::from(&*percent_decode_str(path).decode_utf8_lossy())
}

fn lock_of(path: &Path) -> PathBuf {
    with(path, ".lock")
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

/// A file whose lock ends with this process, however that ends.
fn locked_file(path: &Path) -> Result<File> {
    for _ in 0..TRIES {
        let file = File::create(path)?;
        match file.try_lock() {
            Ok(()) if path.exists() => return Ok(file),
            // Its holder has just removed it.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use()),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    Err(in_use())
}

async fn remove_files(path: &Path) -> Result<bool> {
    let mut found = false;
    for _ in 0..TRIES {
        let mut is_there = false;
        for suffix in ["", "-wal", "-shm", "-journal"] {
            is_there |= remove(&with(path, suffix))?;
        }
        if !is_there {
            break;
        }
        found = true;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(found)
}

/// Whether it was there.
fn remove(path: &Path) -> Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_played_in_beside_the_shops_own() {
        for (url, path, beside_it) in [
            (
                "sqlite://.data/holdfast.db",
                ".data/holdfast.db",
                "sqlite://.data/holdfast.db.rehearsal",
            ),
            (
                "sqlite:shop.db?mode=rwc",
                "shop.db",
                "sqlite:shop.db.rehearsal",
            ),
            (
                "sqlite:///srv/the%20shop.db",
                "/srv/the shop.db",
                "sqlite:///srv/the%20shop.db.rehearsal",
            ),
        ] {
            assert_eq!(file(url), Path::new(path));
            assert_eq!(file_url(url), beside_it);
            assert_eq!(beside(url), file(beside_it));
        }
    }

    #[test]
    fn a_schema_is_named_beside_what_the_address_says_already() {
        let url =
            in_schema("postgres://shop:p%40ss@db.example/shop?sslmode=require&options[geqo]=off");
        let url = Url::parse(&url.unwrap()).unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            pairs,
            [
                pair("sslmode", "require"),
                pair("options[geqo]", "off"),
                pair("options[search_path]", SCHEMA),
                pair("application_name", SCHEMA),
            ]
        );
        assert_eq!(url.password(), Some("p%40ss"));
    }

    #[test]
    fn the_place_is_taken_once_and_free_again_when_its_holder_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = locked_file(&path).unwrap();
        assert!(matches!(locked_file(&path), Err(Error::Setting(_))));
        drop(held);
        assert!(locked_file(&path).is_ok());
    }
}

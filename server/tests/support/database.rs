//! A database of a test's own, gone when the test is.
//!
//! Its schema is made by migrating once in each test binary; every test gets a copy of that.

use std::{ffi::OsString, fs, path::Path};

use server::db::Db;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// More than any version of the schema.
pub const PRESENT: i64 = i64::MAX;
/// Tests begin with a shop that takes orders; how one is opened has tests of its own.
const OPEN: [&str; 3] = [
    "UPDATE shop_settings SET opening = 'open'",
    // Nor do they wait for e-mails; what waits has tests of its own, too.
    "UPDATE cash_settings SET confirmation = 0, most_open = NULL",
    "UPDATE home_page SET standard_words = 1",
];
/// What the names of databases begin with that are there to be copied.
const ORIGINAL: &str = "holdfast_original_";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

pub struct Database {
    pub url: String,
    keeper: Keeper,
}

enum Keeper {
    File(TempDir),
    Server { maintenance: String, name: String },
}

const ASK: &str = "HOLDFAST_TEST_POSTGRES_URL";

impl Database {
    /// With the schema of version `schema`, or the present one if that is older.
    pub async fn create(kind: Kind, schema: i64) -> Self {
        if schema == PRESENT {
            return match kind {
                Kind::Sqlite => Self::file(sqlite_original().await),
                Kind::Postgres => {
                    let maintenance = maintenance();
                    let copied = postgres_copied(&maintenance).await;
                    Self::on_server(maintenance, copied).await
                }
            };
        }
        let this = match kind {
            Kind::Sqlite => Self::file(&[]),
            Kind::Postgres => Self::on_server(maintenance(), "").await,
        };
        migrate(&this.url, schema).await;
        this
    }

    fn file(original: &[File]) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a database");
        for (name, content) in original {
            fs::write(folder.path().join(name), content).expect("there is room for a database");
        }
        Self {
            url: url_in(folder.path()),
            keeper: Keeper::File(folder),
        }
    }

    async fn on_server(maintenance: String, how: &str) -> Self {
        let name = format!("holdfast_{}", uuid::Uuid::new_v4().simple());
        execute(&maintenance, &format!("CREATE DATABASE {name} {how}")).await;
        Self {
            url: url_of(&maintenance, &name),
            keeper: Keeper::Server { maintenance, name },
        }
    }

    pub async fn drop(self) {
        match self.keeper {
            Keeper::File(folder) => folder.close().expect("the database's files are removed"),
            Keeper::Server { maintenance, name } => {
                execute(&maintenance, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
            }
        }
    }
}

/// A name and what the file holds.
type File = (OsString, Vec<u8>);

/// The files of a database with the present schema.
async fn sqlite_original() -> &'static [File] {
    static FILES: OnceCell<Vec<File>> = OnceCell::const_new();
    FILES
        .get_or_init(|| async {
            let folder = tempfile::tempdir().expect("there is room for a database");
            migrate(&url_in(folder.path()), PRESENT).await;
            open_shop(&url_in(folder.path())).await;
            let files = fs::read_dir(folder.path()).expect("the folder is there");
            files
                .map(|file| file.expect("the folder can be read"))
                // SQLite makes this one from the others.
                .filter(|file| !file.file_name().to_string_lossy().ends_with("-shm"))
                .map(|file| {
                    let content = fs::read(file.path()).expect("the file can be read");
                    (file.file_name(), content)
                })
                .collect()
        })
        .await
}

/// How a new database is made a copy of one with the present schema.
async fn postgres_copied(maintenance: &str) -> &'static str {
    static HOW: OnceCell<String> = OnceCell::const_new();
    HOW.get_or_init(|| async {
        let name = own_original(maintenance).await;
        execute(maintenance, &format!("CREATE DATABASE {name}")).await;
        migrate(&url_of(maintenance, &name), PRESENT).await;
        open_shop(&url_of(maintenance, &name)).await;
        // Before 15 there is no other way: to write each page to the log, too, is more work.
        match version(maintenance).await {
            15.. => format!("TEMPLATE {name} STRATEGY file_copy"),
            _ => format!("TEMPLATE {name}"),
        }
    })
    .await
}

/// Of the server.
async fn version(maintenance: &str) -> i32 {
    let session = PgConnection::connect(maintenance).await;
    let mut session = session.expect("the test server of Postgres answers");
    let sql = "SELECT current_setting('server_version_num')::int / 10000";
    let version = sqlx::query_scalar::<sqlx::Postgres, i32>(sql)
        .fetch_one(&mut session)
        .await;
    session.close().await.expect("the connection closes");
    version.expect("the test server of Postgres tells its version")
}

/// A name that is this process' while it runs, which a lock tells the others. Nothing runs at the end
/// of a test binary, so each drops what others have left.
async fn own_original(maintenance: &str) -> String {
    let session = PgConnection::connect(maintenance).await;
    let session = Box::leak(Box::new(
        session.expect("the test server of Postgres answers"),
    ));
    let name = format!("{ORIGINAL}{}", uuid::Uuid::new_v4().simple());
    sqlx::query::<sqlx::Postgres>("SELECT pg_advisory_lock(hashtext($1))")
        .bind(name.clone())
        .execute(&mut *session)
        .await
        .expect("a new name is free");
    let others = "SELECT datname::text FROM pg_database WHERE starts_with(datname::text, $1)";
    let others = sqlx::query_scalar::<sqlx::Postgres, String>(others)
        .bind(ORIGINAL)
        .fetch_all(&mut *session)
        .await
        .expect("the test server of Postgres tells its databases");
    for other in others {
        let lock = "SELECT pg_try_advisory_lock(hashtext($1))";
        let is_left = sqlx::query_scalar::<sqlx::Postgres, bool>(lock)
            .bind(other.clone())
            .fetch_one(&mut *session)
            .await
            .expect("the test server of Postgres tells its locks");
        if is_left {
            let drop = format!("DROP DATABASE IF EXISTS {other} WITH (FORCE)");
            execute(maintenance, &drop).await;
        }
    }
    name
}

async fn migrate(url: &str, schema: i64) {
    let db = Db::connect(url).await.expect("the database opens");
    db.migrate_to(schema).await.expect("the schema is made");
    db.close().await;
}

fn maintenance() -> String {
    std::env::var(ASK).unwrap_or_else(|_| {
        panic!(
            "{ASK} is not set, so there is no Postgres to test on: run `cargo xtask test`, which \
             starts one"
        )
    })
}

fn url_in(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("shop.db").display())
}

/// The address of another database on the same server.
fn url_of(maintenance: &str, name: &str) -> String {
    let mut url = url::Url::parse(maintenance).expect("the address is one");
    url.set_path(name);
    url.into()
}

async fn open_shop(url: &str) {
    for sql in OPEN {
        execute(url, sql).await;
    }
}

async fn execute(url: &str, sql: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url)
        .await
        .expect("the test server of Postgres answers");
    sqlx::query(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await
        .expect("the test server of Postgres obeys");
    connection.close().await.expect("the connection closes");
}

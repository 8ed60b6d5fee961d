//! A database of a test's own, gone when the test is.

use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

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
    pub async fn create(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().expect("there is room for a database");
                Self {
                    url: format!("sqlite://{}", folder.path().join("shop.db").display()),
                    keeper: Keeper::File(folder),
                }
            }
            Kind::Postgres => {
                let maintenance = std::env::var(ASK).unwrap_or_else(|_| {
                    panic!(
                        "{ASK} is not set, so there is no Postgres to test on: run `cargo xtask \
                         test`, which starts one"
                    )
                });
                let name = format!("holdfast_{}", uuid::Uuid::new_v4().simple());
                execute(&maintenance, &format!("CREATE DATABASE {name}")).await;
                let mut url = url::Url::parse(&maintenance).expect("the address is one");
                url.set_path(&name);
                Self {
                    url: url.into(),
                    keeper: Keeper::Server { maintenance, name },
                }
            }
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

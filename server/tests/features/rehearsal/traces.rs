//! What a rehearsal could leave behind.

use std::{collections::BTreeMap, path::PathBuf};

use server::{
    db::{Db, Dialect, Sql},
    rehearsal::{Installation, NAMESPACE, SCHEMA, SUFFIX},
};

/// All rows of all tables, by table.
pub async fn digests(db: &Db) -> BTreeMap<String, String> {
    let tables = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        Dialect::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables \
             WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        }
    };
    let tables: Vec<String> = Sql::new(tables).fetch_values(db.reader()).await.unwrap();
    assert!(tables.len() > 60, "all tables were found: {tables:?}");
    let mut digests = BTreeMap::new();
    for table in tables {
        let sql = match db.dialect() {
            Dialect::Sqlite => {
                let mut columns = Sql::new("SELECT name FROM pragma_table_info(");
                columns.text(table.clone()).push(")");
                let columns: Vec<String> = columns.fetch_values(db.reader()).await.unwrap();
                let columns: Vec<String> = columns
                    .iter()
                    .map(|column| format!("quote(\"{column}\")"))
                    .collect();
                let row = columns.join(" || ',' || ");
                format!(
                    "SELECT COALESCE(group_concat(line, '|'), '') AS digest FROM \
                     (SELECT {row} AS line FROM \"{table}\" ORDER BY 1)"
                )
            }
            Dialect::Postgres => format!(
                "SELECT COALESCE(md5(string_agg(CAST(t AS TEXT), '|' ORDER BY CAST(t AS TEXT))), '') \
                 AS digest FROM \"{table}\" t"
            ),
        };
        let digest: String = Sql::new(&sql).fetch_value(db.reader()).await.unwrap();
        digests.insert(table, digest);
    }
    digests
}

/// What there is of rehearsals: their schema, or their files.
pub async fn left(installation: &Installation, db: &Db) -> Vec<String> {
    match db.dialect() {
        Dialect::Postgres => {
            let mut sql =
                Sql::new("SELECT CAST(nspname AS TEXT) AS name FROM pg_namespace WHERE nspname = ");
            sql.text(SCHEMA);
            sql.fetch_values(db.reader()).await.unwrap()
        }
        Dialect::Sqlite => {
            let file = file(installation);
            let files = std::fs::read_dir(file.parent().unwrap()).unwrap();
            files
                .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
                .filter(|name| name.contains(SUFFIX))
                .collect()
        }
    }
}

pub fn file(installation: &Installation) -> PathBuf {
    let path = installation.database_url.strip_prefix("sqlite://").unwrap();
    path.into()
}

/// Nothing of a rehearsal, and in Redis nothing of its namespace.
pub async fn assert_nothing_is_left(installation: &Installation, db: &Db) {
    assert_eq!(left(installation, db).await, Vec::<String>::new());
    if let Some(redis) = &installation.redis_url {
        let namespace = format!("{}{NAMESPACE}", installation.redis_namespace);
        let keys = server::coordination::redis::forget(redis, &namespace).await;
        assert_eq!(keys.unwrap(), 0, "keys in Redis");
    }
}

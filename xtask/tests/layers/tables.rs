//! Who writes a table: one module, or those that `tables.txt` names. Names of tables that are put
//! together when the server runs are not seen.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::{graph::sources, root};

type Writers = BTreeMap<String, BTreeSet<String>>;

const WRITES: [&str; 3] = ["INSERT INTO ", "UPDATE ", "DELETE FROM "];
/// What follows `UPDATE` in a lock's clause or an upsert, and is no table.
const NO_TABLES: [&str; 3] = ["of", "set", "skip"];

#[test]
fn a_table_is_written_by_one_module_or_the_list_says_why() {
    let mut found = Writers::new();
    for (file, text) in sources(&root().join("server/src")) {
        let is_test = file.ends_with("tests.rs") || file.contains("/tests/");
        if !is_test {
            let code = text.split("#[cfg(test)]\nmod tests {").next();
            for table in written(code.unwrap_or_default()) {
                found.entry(table).or_default().insert(module(&file));
            }
        }
    }
    assert!(found.len() > 40, "only {} tables were found", found.len());
    found.retain(|_, writers| writers.len() > 1);
    let listed = fs::read_to_string(root().join("xtask/tests/layers/tables.txt")).unwrap();
    let listed = parse(&listed);
    for (table, writers) in &found {
        assert_eq!(
            listed.get(table),
            Some(writers),
            "`{table}` is written by {writers:?}: write it in its own feature, or list it in tables.txt"
        );
    }
    for table in listed.keys() {
        assert!(
            found.contains_key(table),
            "`{table}` has one writer: take its line out of tables.txt"
        );
    }
}

/// The module that a file is in; in the back office, the module below.
fn module(file: &str) -> String {
    let mut parts = file.trim_end_matches(".rs").split('/');
    match (parts.next(), parts.next()) {
        (Some("admin"), Some(below)) => format!("admin::{below}"),
        (module, _) => module.unwrap_or_default().to_owned(),
    }
}

/// The tables that the statements in a text write.
fn written(code: &str) -> Vec<String> {
    let of = |word: &'static str| {
        code.split(word).skip(1).filter_map(|after| {
            let is_of_name = |c: char| c.is_ascii_lowercase() || c == '_';
            let end = after.find(|c| !is_of_name(c)).unwrap_or(after.len());
            let name = &after[..end];
            (!name.is_empty() && !NO_TABLES.contains(&name)).then(|| name.to_owned())
        })
    };
    WRITES.into_iter().flat_map(of).collect()
}

fn parse(text: &str) -> Writers {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once(':'));
    let pair = |(table, writers): (&str, &str)| {
        let writers = writers.split(',').map(|writer| writer.trim().to_owned());
        (table.to_owned(), writers.collect())
    };
    lines.map(pair).collect()
}

#[test]
fn statements_are_read() {
    let code = r#"
        "INSERT INTO orders (id) VALUES ($1)"
        "SELECT id FROM carts FOR UPDATE OF carts"
        "UPDATE variants SET stock = 1"
        "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2"
        "DELETE FROM mails WHERE id = $1"
    "#;
    assert_eq!(written(code), ["orders", "t", "variants", "mails"]);
}

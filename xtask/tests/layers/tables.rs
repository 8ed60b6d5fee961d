//! Who writes a table: one module, or those that `tables.txt` names. Names of tables that are put
//! together when the server runs are not seen.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::{SERVER, graph::sources, root};

/// Names by a name: the modules that write a table, or the tables that a module reads.
pub type Names = BTreeMap<String, BTreeSet<String>>;

const WRITES: [&str; 4] = [
    "INSERT INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "Sql::insert(dialect, \"",
];
/// What follows `UPDATE` in a lock's clause or an upsert, and is no table.
const NO_TABLES: [&str; 3] = ["of", "set", "skip"];

#[test]
fn a_table_is_written_by_one_module_or_the_list_says_why() {
    let mut found = writers();
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

/// Who writes each table.
pub fn writers() -> Names {
    let mut found = Names::new();
    for (module, code) in code_of_server() {
        for table in names_after(&code, &WRITES) {
            found.entry(table).or_default().insert(module.clone());
        }
    }
    found
}

/// The text of each file of the server without its tests, with the module that the file is in.
pub fn code_of_server() -> Vec<(String, String)> {
    let folders = SERVER.into_iter().chain(["server/bin"]);
    let sources = folders.flat_map(|folder| sources(&root().join(folder)));
    let no_tests =
        sources.filter(|(file, _)| !file.ends_with("tests.rs") && !file.contains("/tests/"));
    let code = no_tests.map(|(file, text)| {
        let code = text.split("#[cfg(test)]\nmod tests {").next();
        (module(&file), code.unwrap_or_default().to_owned())
    });
    code.collect()
}

/// The module that a file is in; in the back office, the module below.
fn module(file: &str) -> String {
    let mut parts = file.trim_end_matches(".rs").split('/');
    match (parts.next(), parts.next()) {
        (Some("admin"), Some(below)) => format!("admin::{below}"),
        (module, _) => module.unwrap_or_default().to_owned(),
    }
}

/// What the statements in a text name right behind one of these words.
pub fn names_after<'a>(code: &'a str, words: &[&'a str]) -> Vec<String> {
    let of = |word: &'a str| {
        code.split(word).skip(1).filter_map(|after| {
            let is_of_name = |c: char| c.is_ascii_lowercase() || c == '_';
            let end = after.find(|c| !is_of_name(c)).unwrap_or(after.len());
            let name = &after[..end];
            (!name.is_empty() && !NO_TABLES.contains(&name)).then(|| name.to_owned())
        })
    };
    words.iter().copied().flat_map(of).collect()
}

/// Lines such as `orders: account, orders`; a name may have several.
pub fn parse(text: &str) -> Names {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once(": "));
    let mut all = Names::new();
    for (name, names) in lines {
        let names = names.split(',').map(|one| one.trim().to_owned());
        all.entry(name.to_owned()).or_default().extend(names);
    }
    all
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
    assert_eq!(
        names_after(code, &WRITES),
        ["orders", "t", "variants", "mails"]
    );
}

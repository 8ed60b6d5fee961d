//! Whose tables a module's statements read: its own, which it writes, those that everybody may join, and
//! those that `reads.txt` names for it. Names of tables that are put together when the server runs are not
//! seen.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::{
    root,
    tables::{Names, code_of_server, names_after, parse, writers},
};

const READS: [&str; 2] = ["FROM ", "JOIN "];
const MADE: [&str; 5] = [
    "CREATE TABLE ",
    "CREATE VIRTUAL TABLE ",
    "CREATE VIEW ",
    "IF NOT EXISTS ",
    "RENAME TO ",
];

#[test]
fn a_module_reads_its_own_tables_and_those_that_the_list_names() {
    let known = known();
    let rules = Rules::read();
    let mut found = read_of_others(&known);
    assert!(found.len() > 20, "only {} modules were found", found.len());
    for (module, tables) in &mut found {
        tables.retain(|table| rules.has_to_name(module, table));
    }
    for (module, tables) in &found {
        let listed = rules.of.get(module).cloned().unwrap_or_default();
        let more: Vec<_> = tables.difference(&listed).collect();
        assert!(
            more.is_empty(),
            "`{module}` reads {more:?} of another feature: ask a function of that feature, or, if it has to \
             be one statement, add it to reads.txt"
        );
        let fewer: Vec<_> = listed.difference(tables).collect();
        assert!(
            fewer.is_empty(),
            "`{module}` does not read {fewer:?}: take it out of reads.txt"
        );
    }
    for module in rules.of.keys() {
        assert!(
            found.contains_key(module),
            "`{module}` reads nothing of others: take it out of reads.txt"
        );
    }
    for table in rules.everybody.union(&rules.closed) {
        assert!(known.contains(table), "there is no table `{table}`");
    }
}

/// What `reads.txt` says.
struct Rules {
    /// Tables that everybody may read.
    everybody: BTreeSet<String>,
    /// Modules that may look into all tables but the closed ones.
    all: BTreeSet<String>,
    closed: BTreeSet<String>,
    /// Tables of others that a module reads.
    of: Names,
}

impl Rules {
    fn read() -> Self {
        let text = fs::read_to_string(root().join("xtask/tests/layers/reads.txt"));
        let mut of = parse(&text.unwrap());
        let mut taken = |name: &str| of.remove(name).unwrap_or_default();
        Self {
            everybody: taken("(everybody may read)"),
            all: taken("(may look into all)"),
            closed: taken("(closed to these)"),
            of,
        }
    }

    fn has_to_name(&self, module: &str, table: &str) -> bool {
        let top = module.split("::").next().unwrap_or_default();
        match self.all.contains(top) {
            true => self.closed.contains(table),
            false => !self.everybody.contains(table),
        }
    }
}

/// The tables that each module reads and does not write.
fn read_of_others(known: &BTreeSet<String>) -> Names {
    let writers = writers();
    let is_own = |module: &str, table: &str| {
        let writers = writers.get(table);
        writers.is_some_and(|writers| writers.contains(module))
    };
    let mut found = BTreeMap::new();
    for (module, code) in code_of_server() {
        let read = names_after(&code, &READS).into_iter();
        let of_others: BTreeSet<String> = read
            .filter(|table| known.contains(table) && !is_own(&module, table))
            .collect();
        if !of_others.is_empty() {
            let tables: &mut BTreeSet<String> = found.entry(module).or_default();
            tables.extend(of_others);
        }
    }
    found
}

/// All tables and views that migrations make, with those that are gone again.
fn known() -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for database in ["sqlite", "postgres"] {
        known.extend(made_in(&root().join("migrations").join(database)));
    }
    known
}

fn made_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let texts = entries.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    texts.flat_map(|text| names_after(&text, &MADE)).collect()
}

#[test]
fn what_is_read_is_found_in_joins_and_inside_of_other_statements() {
    let code = r#"
        "SELECT l.title FROM cart_lines l JOIN carts c ON c.id = l.cart_id"
        "INSERT INTO mails (id) SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM refunds r)"
        "UPDATE variants SET stock = given.stock FROM (SELECT 1) AS given"
    "#;
    let found = ["cart_lines", "orders", "refunds", "carts"];
    assert_eq!(names_after(code, &READS), found);
}

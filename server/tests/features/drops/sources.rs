//! What reads products for shoppers reads them with the one condition that keeps secrets. Held by reading the
//! sources: a statement that forgets it does not pass.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What says that a statement asks for what shoppers see: the condition, and the columns that carts judge by.
const CONDITIONS: [&str; 3] = ["push_seen(", "push_is_seen(", "{SHELF}"];

/// Who reads products without the condition, as the path of a file or the beginning of it, with how many
/// statements and why.
const OTHERS: &[(&str, usize, &str)] = &[
    ("admin/", 19, "staff see everything"),
    ("audit_log/", 3, "staff see everything"),
    ("jobs/", 5, "staff see everything"),
    ("product_files/", 2, "staff see everything"),
    ("drops/beside.rs", 1, "the editor"),
    ("drops/lines.rs", 1, "the editor"),
    (
        "drops/preview.rs",
        1,
        "what admins are shown, with why others are not",
    ),
    ("collections/store.rs", 2, "the editor"),
    ("catalog/write/", 8, "writing"),
    ("seed.rs", 1, "whether there is any"),
    ("picture_facts.rs", 1, "whose cards are made again"),
    ("db/documents.rs", 5, "the index of all"),
    ("db/folded/", 1, "the keys of all"),
    (
        "db/fulltext",
        6,
        "the index of all; what asks for words leaves secrets out",
    ),
    (
        "catalog/read/search.rs",
        3,
        "filter.rs, or the table of the staff, adds the condition",
    ),
    (
        "catalog/read/compounds.rs",
        1,
        "words, without those of secrets",
    ),
    (
        "catalog/read/timed.rs",
        1,
        "when what is not in a drop is sold of products that were found",
    ),
    ("http/secret_pictures.rs", 4, "what is secret"),
    ("orders/check.rs", 4, "books"),
    ("orders/give_back.rs", 1, "what was sold"),
    (
        "orders/placement/reading.rs",
        1,
        "the batch asks by its own time",
    ),
    (
        "orders/placement/write.rs",
        1,
        "what was decided, once more",
    ),
    ("waiting_list/changed.rs", 1, "whose pages are made again"),
    (
        "waits/settle.rs",
        1,
        "whether what came back can be ordered at all",
    ),
    (
        "translations/lines.rs",
        1,
        "names of what is in a cart or an order",
    ),
];

/// Where it may be said in another way that a product is on sale.
const ACTIVE: [&str; 8] = [
    "sale/seen.rs",
    "admin/dashboard/figures.rs",
    "admin/dashboard/todo.rs",
    "admin/opening/store.rs",
    "jobs/chosen.rs",
    "orders/check.rs",
    "orders/placement/write.rs",
    "waits/settle.rs",
];

/// Files of both crates of the server by their paths, without comments and unit tests.
fn files() -> BTreeMap<String, String> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => below(&path, found),
                false => found.push(path),
            }
        }
    }
    let server = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for sources in ["src", "lib"] {
        let sources = server.join(sources);
        let mut found = Vec::new();
        below(&sources, &mut found);
        paths.extend(found.into_iter().map(|path| (sources.clone(), path)));
    }
    let code = paths.into_iter().filter_map(|(sources, path)| {
        let name = path.strip_prefix(sources).unwrap().to_str()?.to_owned();
        let is_code = name.ends_with(".rs") && !name.ends_with("tests.rs");
        let text = fs::read_to_string(&path).ok().filter(|_| is_code)?;
        let code = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        Some((name, lines.collect::<Vec<_>>().join("\n")))
    });
    let code: BTreeMap<_, _> = code.filter(|(name, _)| !name.contains("/tests/")).collect();
    assert!(code.len() > 300, "only {} files were found", code.len());
    code
}

/// How often a statement reads from the table.
fn reads(code: &str) -> usize {
    ["FROM products", "JOIN products"]
        .into_iter()
        .flat_map(|read| code.match_indices(read).map(move |(at, _)| at + read.len()))
        .filter(|end| {
            let next = code[*end..].chars().next();
            !next.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        })
        .count()
}

#[test]
fn what_reads_products_for_shoppers_asks_whether_they_are_seen() {
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, code) in files() {
        let conditions: usize = CONDITIONS
            .iter()
            .map(|condition| code.matches(condition).count())
            .sum();
        let without = reads(&code).saturating_sub(conditions);
        let listed = OTHERS.iter().find(|(path, _, _)| name.starts_with(path));
        match (without, listed) {
            (0, _) => {}
            (without, Some((path, _, _))) => *others.entry(path).or_default() += without,
            (without, None) => panic!(
                "{name} reads products {without} times without asking whether they are seen: use \
                 sale::seen, or list it here with a reason"
            ),
        }
    }
    let listed: BTreeMap<_, _> = OTHERS
        .iter()
        .map(|(path, times, _)| (*path, *times))
        .collect();
    assert_eq!(
        others, listed,
        "another statement reads products: who is it for?"
    );
}

#[test]
fn that_a_product_is_on_sale_is_said_in_one_way() {
    let said: Vec<String> = files()
        .into_iter()
        .filter(|(_, code)| code.contains("active = 1"))
        .map(|(name, _)| name)
        .collect();
    let mut allowed = ACTIVE.to_vec();
    allowed.sort_unstable();
    assert_eq!(
        said, allowed,
        "use sale::seen: a product may be active and secret"
    );
}

/// What is kept of the catalogue is kept under its stamps, which are others after every moment of a drop.
#[test]
fn nothing_is_kept_beside_the_stamps() {
    let keeps = |(name, code): (String, String)| code.contains("Cache::builder()").then_some(name);
    let keepers: Vec<String> = files().into_iter().filter_map(keeps).collect();
    assert_eq!(
        keepers,
        ["cache/mod.rs", "orders/placement/refusals.rs"],
        "does what this keeps end when a drop begins?"
    );
}

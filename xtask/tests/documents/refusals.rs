//! What shoppers and staff are refused with comes from the catalogues: no words in the code.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{entries, root};

/// Whose refusals are read on the command line, or by programs.
const FOR_OPERATORS: [&str; 3] = [
    "server/src/account/second_factor/mod.rs",
    "server/src/ids.rs",
    "server/src/product_files/import/mod.rs",
];

/// Where words of a refusal would be.
const MARKS: [&str; 6] = [
    "ShopError::new(",
    "ShopError::field(",
    "wrong.add(",
    "message: ",
    "let words = ",
    "let message = ",
];

/// The sentences at such places, outside of tests.
fn sentences(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for mark in MARKS {
        for behind in code.split(mark).skip(1) {
            let statement = behind.split([';', '}']).next().unwrap_or_default();
            let literals = statement.split('"').skip(1).step_by(2);
            let spoken = literals.filter(|literal| {
                literal.starts_with(|c: char| c.is_uppercase()) && literal.contains(' ')
            });
            found.extend(spoken.map(str::to_owned));
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in entries(folder) {
        // What tests refuse is read by nobody.
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn no_refusal_has_its_words_in_the_code() {
    let root = root();
    let mut read = 0;
    let mut faults = Vec::new();
    for folder in [
        "app/src",
        "app/storefront/src",
        "app/desk/src",
        "server/src",
        "server/lib",
        "server/bin",
    ] {
        for file in sources(&root.join(folder)) {
            let name = file.strip_prefix(&root).unwrap();
            if FOR_OPERATORS.iter().any(|file| name.starts_with(file)) {
                continue;
            }
            read += 1;
            let found = sentences(&fs::read_to_string(&file).unwrap());
            faults.extend(
                found
                    .iter()
                    .map(|words| format!("{}: {words:?}", name.display())),
            );
        }
    }
    assert!(read > 100, "only {read} files were read");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn words_in_the_code_are_found() {
    let code = "ShopError::field(\n    \"city\",\n    \"Enter a town.\",\n);";
    assert_eq!(sentences(code), ["Enter a town."]);
    let code = "let words = format!(\"Use up to {most} signs.\");";
    assert_eq!(sentences(code), ["Use up to {most"]);
    let code = "ShopError::field(\"city\", text.town_missing());";
    assert!(sentences(code).is_empty());
}

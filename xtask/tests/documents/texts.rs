//! What the catalogues of pages say is said somewhere. The compiler cannot tell: their types are public, as one crate takes
//! them from another.

use std::collections::BTreeSet;

use crate::{entries, root, texts_of};

const PAGES: [&str; 3] = ["app/src", "app/storefront/src", "app/desk/src"];

/// The texts of the sources below a folder.
fn sources(folder: &std::path::Path, found: &mut Vec<String>) {
    for path in entries(folder) {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// What is called on something: the names behind dots and colons.
fn called(code: &str) -> impl Iterator<Item = &str> {
    code.split(['.', ':']).filter_map(|rest| {
        let rest = rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let name = &rest[..end.unwrap_or(rest.len())];
        (!name.is_empty()).then_some(name)
    })
}

/// The functions that a catalogue is made into.
fn messages(catalogue: &str) -> impl Iterator<Item = String> {
    let names = catalogue.lines().filter_map(|line| line.split_once(" ="));
    let names = names.filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_lowercase()));
    names.map(|(name, _)| name.trim_end().replace('-', "_"))
}

#[test]
fn every_message_is_used() {
    let mut code = Vec::new();
    for folder in PAGES
        .into_iter()
        .chain(["server/src", "server/lib", "server/bin"])
    {
        sources(&root().join(folder), &mut code);
    }
    let used: BTreeSet<_> = code.iter().flat_map(|code| called(code)).collect();
    let mut read = 0;
    for folder in PAGES {
        for (path, text) in texts_of(&root().join(folder), "en.ftl") {
            for name in messages(&text) {
                read += 1;
                assert!(
                    used.contains(name.as_str()),
                    "{}: {name} is not used",
                    path.display()
                );
            }
        }
    }
    assert!(read > 1000, "only {read} messages were found");
}

#[test]
fn names_are_found_behind_dots_and_colons() {
    let found: Vec<_> = called("let a = said()\n    .page_title(&x.y);\nText::none;").collect();
    assert_eq!(found, ["let", "page_title", "y", "none"]);
    let found: Vec<_> = messages("# A =\nadd-it = Add\n    more = x\n-term = T\n").collect();
    assert_eq!(found, ["add_it"]);
}

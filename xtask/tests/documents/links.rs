use crate::{Document, files, markdown, root};

const README_LINES: usize = 150;

/// What is wrong with a link from one document.
fn fault(document: &Document, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    };
    let own = root().join(&document.name);
    let file = match path.is_empty() {
        true => own,
        false => own.parent()?.join(path),
    };
    if !file.exists() {
        return Some(format!("{}: there is no {path}", document.name));
    }
    let anchor = anchor?;
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let is_there = markdown::anchors(&text).iter().any(|name| name == anchor);
    (!is_there).then(|| format!("{}: {target} leads to no heading", document.name))
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut faults = Vec::new();
    let mut links = 0;
    for document in Document::all() {
        for target in markdown::targets(&document.text) {
            links += 1;
            faults.extend(fault(&document, &target));
        }
    }
    assert!(links > 50, "only {links} links were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_link_to_nothing_is_found() {
    let readme = Document::read("README.md");
    let told = |target| fault(&readme, target).is_some();
    assert!(told("docs/no-such-page.md"));
    assert!(told("docs/api.md#no-such-heading"));
    assert!(told("#no-such-heading"));
    assert!(!told("docs/api.md#refusals"));
    assert!(!told("https://shop.example/nothing"));
}

#[test]
fn the_readme_is_short_and_leads_to_every_document() {
    let readme = Document::read("README.md");
    let lines = readme.text.lines().count();
    assert!(
        lines <= README_LINES,
        "README.md has {lines} lines, more than {README_LINES}: move some to docs/"
    );
    let heading = "## High-concurrency architecture";
    assert!(readme.text.lines().any(|line| line == heading));
    let targets = markdown::targets(&readme.text);
    for page in files(&root().join("docs")) {
        let page = format!("docs/{page}");
        assert!(targets.contains(&page), "README.md does not link {page}");
    }
}

//! What the documents list must be what the code has.

use std::collections::BTreeSet;

use crate::{Document, markdown, root, texts_below};

fn differences(code: &BTreeSet<String>, listed: &BTreeSet<String>) -> String {
    let missing = code
        .difference(listed)
        .map(|name| format!("not listed: {name}"));
    let gone = listed
        .difference(code)
        .map(|name| format!("not in the code: {name}"));
    missing.chain(gone).collect::<Vec<_>>().join("\n")
}

/// The sources of all pages and functions, with their catalogues.
fn pages() -> Vec<String> {
    let sources = ["app/src", "app/storefront/src", "app/desk/src"];
    let texts = sources.map(|sources| texts_below(&root().join(sources)));
    texts.concat()
}

/// Up to the first part that stands for any value.
fn fixed(address: &str) -> String {
    let fixed = address.split_once('{').map_or(address, |(fixed, _)| fixed);
    fixed.to_owned()
}

/// What is between a mark and the next quotation mark, each time.
fn quoted<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let behind = text.split(mark).skip(1);
    behind
        .filter_map(|rest| rest.split_once('"'))
        .map(|(words, _)| words)
        .collect()
}

/// Named like metrics.
const SCHEMAS: [&str; 1] = ["holdfast_rehearsal"];

fn is_metric(words: &str) -> bool {
    !SCHEMAS.contains(&words)
        && words.starts_with("holdfast_")
        && words.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[test]
fn the_pages_of_the_api_have_a_row_for_every_address() {
    let mut code = BTreeSet::new();
    for text in pages() {
        let names = quoted(&text, "endpoint = \"");
        code.extend(names.iter().map(|name| format!("/api/{name}")));
        // What the router takes by name: where forms with files are posted to.
        let names = quoted(&text, "pub const UPLOAD: &str = \"");
        code.extend(names.iter().map(|name| fixed(name)));
        let names = quoted(&text, "pub const IMPORT: &str = \"");
        code.extend(names.iter().map(|name| fixed(name)));
    }
    for text in texts_below(&root().join("server/lib/http")) {
        // Calls that go over several lines, in one.
        let text: String = text.split_whitespace().collect();
        let routes = quoted(&text, ".route(\"/api/");
        let routes = routes.iter().filter(|route| !route.contains("{*"));
        code.extend(routes.map(|route| fixed(&format!("/api/{route}"))));
    }
    assert!(code.len() > 60, "only {} addresses were found", code.len());
    let pages = texts_below(&root().join("docs/api"));
    let lines = pages.iter().flat_map(|page| page.lines());
    let rows = lines.filter(|line| line.starts_with("| `"));
    let rows = rows.filter_map(|line| {
        let spans = markdown::code_spans(line);
        let (method, address) = spans.first()?.split_once(' ')?;
        let is_of_api = ["GET", "POST"].contains(&method) && address.starts_with("/api/");
        is_of_api.then(|| fixed(address))
    });
    let listed: BTreeSet<_> = rows.collect();
    let differences = differences(&code, &listed);
    assert!(differences.is_empty(), "docs/api:\n{differences}");
}

#[test]
fn the_deploying_page_has_a_row_for_every_metric() {
    let mut code = BTreeSet::new();
    let of = |folder: &str| texts_below(&root().join(folder));
    for text in [of("server/src"), of("server/lib")].concat() {
        let names = text.split('"').filter(|words| is_metric(words));
        code.extend(names.map(str::to_owned));
    }
    // What Prometheus makes of a histogram.
    let of_histogram = |name: &String| {
        let suffix = ["_count", "_sum", "_bucket"].into_iter();
        let mut whole = suffix.filter_map(|suffix| name.strip_suffix(suffix));
        whole.any(|whole| code.contains(whole))
    };
    let code: BTreeSet<_> = code
        .iter()
        .filter(|name| !of_histogram(name))
        .cloned()
        .collect();
    assert!(code.len() > 20, "only {} metrics were found", code.len());
    let page = Document::read("docs/deploying.md");
    let rows = page
        .text
        .lines()
        .filter(|line| line.starts_with("| `holdfast_"));
    let listed: BTreeSet<_> = rows
        .filter_map(|line| markdown::code_spans(line).first().cloned())
        .collect();
    let differences = differences(&code, &listed);
    assert!(differences.is_empty(), "docs/deploying.md:\n{differences}");
}

/// Only whether a text has the words: it may be put together from the label and something else.
#[test]
fn labels_in_the_owners_guide_are_on_the_pages() {
    let texts = pages();
    let guide = Document::read("docs/owners-guide.md");
    let labels: BTreeSet<_> = markdown::italics(&guide.text).into_iter().collect();
    assert!(labels.len() > 20, "only {} labels were found", labels.len());
    let unknown: Vec<_> = labels
        .iter()
        .filter(|label| !texts.iter().any(|text| text.contains(label.as_str())))
        .collect();
    assert!(unknown.is_empty(), "docs/owners-guide.md names {unknown:?}");
}

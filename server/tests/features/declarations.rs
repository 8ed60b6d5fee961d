//! What all features declare, taken together: only the server has all of them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use app::{
    cookie::Cookie,
    feature::FormPage,
    features::{all, areas, cookies, functions, pages},
    style::CSS,
};

/// Where features declare themselves: a feature has a half in each crate that it has pages in.
const SOURCES: [&str; 3] = ["app/src", "app/storefront/src", "app/desk/src"];

/// Sheets whose order matters: each comes after those above it, whatever comes between.
const CASCADE: [&str; 24] = [
    "tokens",
    "base",
    "layout",
    "header",
    "controls",
    "forms",
    "feedback",
    "wayfinding",
    "home",
    "catalog",
    "product",
    "cart",
    "checkout",
    "order",
    "account",
    "admin",
    "admin-table",
    "admin-palette",
    "admin-orders",
    "admin-people",
    "admin-print",
    "admin-products",
    "admin-dashboard",
    "states",
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn what_is_declared_is_declared_once() {
    let paths: BTreeSet<_> = functions().map(|function| function.path).collect();
    assert_eq!(paths.len(), functions().count());
    let paths: BTreeSet<_> = pages().map(|page| page.path).collect();
    assert_eq!(paths.len(), pages().count());
    let segments: BTreeSet<_> = areas().iter().map(|area| area.segment).collect();
    assert_eq!(segments.len(), areas().iter().count());
    let names: BTreeSet<_> = cookies().map(Cookie::plain_name).collect();
    assert_eq!(names.len(), cookies().count());
}

/// Each says so in its file, or it is not in the list.
#[test]
fn every_feature_that_is_written_down_declares_itself() {
    fn declarations(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                declarations(&path, found);
            } else if path.ends_with("feature.rs") {
                found.push(path);
            }
        }
    }
    let mut folders = Vec::new();
    for sources in SOURCES {
        let sources = workspace().join(sources);
        let mut found = Vec::new();
        declarations(&sources, &mut found);
        // What a feature is, is in a file of this name, too.
        found.retain(|path| path.parent() != Some(sources.as_path()));
        folders.extend(
            found
                .iter()
                .filter_map(|path| path.parent()?.strip_prefix(&sources).ok())
                .map(|folder| folder.to_string_lossy().replace(['/', '\\'], "::")),
        );
    }
    folders.sort();
    let mut names: Vec<_> = all().map(|feature| feature.name).collect();
    names.sort();
    assert_eq!(names, folders);
}

#[test]
fn every_page_is_of_an_area() {
    for page in pages() {
        assert!(areas().of(page.path).is_some(), "{}", page.path);
    }
}

/// A page that a form is said to be on is one of the declared ones.
#[test]
fn forms_stand_on_pages_that_there_are() {
    let is_there = |path: &str| {
        pages().any(|page| {
            let (page, path) = (page.path.split('/'), path.split('/'));
            page.clone().count() == path.clone().count()
                && page
                    .zip(path)
                    .all(|(page, path)| page == path || page.starts_with(':'))
        })
    };
    for function in functions() {
        let pages = match function.form {
            FormPage::At(page) | FormPage::OfProduct { otherwise: page } => vec![page],
            FormPage::Of { path, otherwise } => vec![path, otherwise],
        };
        for page in pages {
            assert!(is_there(page), "{} at {page}", function.path);
        }
    }
}

#[test]
fn cookies_belong_to_the_host_where_the_shop_is_reached_over_tls() {
    let tls = "https://shop.example";
    let all: Vec<_> = cookies().collect();
    assert!(all.len() >= 4, "{all:?}");
    for cookie in all {
        let named = format!("__Host-{}", cookie.plain_name());
        assert_eq!(cookie.name(tls), named);
        // What browsers ask of the prefix.
        let line = cookie.line(tls, "x", 60);
        assert!(line.starts_with("__Host-") && line.contains("; Path=/;"));
        assert!(line.ends_with("; Secure") && !line.contains("Domain"));
    }
}

fn sheet(name: &str) -> String {
    fs::read_to_string(workspace().join(format!("style/{name}.css"))).unwrap()
}

#[test]
fn the_cascade_keeps_its_order() {
    let mut rest = CSS.as_str();
    for name in CASCADE {
        let text = sheet(name);
        let (_, behind) = rest
            .split_once(text.as_str())
            .unwrap_or_else(|| panic!("{name}.css is not behind those before it"));
        rest = behind;
    }
    assert_eq!(rest, "", "states come last");
    assert!(CSS.starts_with(&sheet("tokens")));
}

#[test]
fn every_sheet_is_in_the_style_once_and_nothing_else_is() {
    let mut length = 0;
    for entry in fs::read_dir(workspace().join("style")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "css") {
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(CSS.matches(text.as_str()).count(), 1, "{}", path.display());
            length += text.len();
        }
    }
    assert_eq!(CSS.len(), length);
}

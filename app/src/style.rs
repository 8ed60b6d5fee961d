//! The style sheet: the files of `style/`, in the order of their cascade, as one.
//!
//! It is embedded, so both ways of building the site serve the same bytes, and its address
//! carries a hash, so browsers may keep it for ever.

use std::sync::LazyLock;

use crate::{digest::fnv1a, feature::Sheet, features};

/// What belongs to no feature. Tokens first, states last.
const SHARED: &[Sheet] = &[
    sheet(0, include_str!("../../style/tokens.css")),
    sheet(10, include_str!("../../style/base.css")),
    sheet(20, include_str!("../../style/layout.css")),
    sheet(30, include_str!("../../style/header.css")),
    sheet(40, include_str!("../../style/controls.css")),
    sheet(50, include_str!("../../style/forms.css")),
    sheet(60, include_str!("../../style/feedback.css")),
    sheet(70, include_str!("../../style/wayfinding.css")),
    sheet(900, include_str!("../../style/states.css")),
];

const fn sheet(rank: u16, css: &'static str) -> Sheet {
    Sheet { rank, css }
}

/// All of `style/*.css`.
pub static CSS: LazyLock<String> = LazyLock::new(|| {
    let of_features = features::all().flat_map(|feature| feature.sheets);
    let mut sheets: Vec<&Sheet> = SHARED.iter().chain(of_features).collect();
    sheets.sort_by_key(|sheet| sheet.rank);
    sheets.into_iter().map(|sheet| sheet.css).collect()
});

/// `/style/holdfast.0123456789abcdef.css`
pub static HREF: LazyLock<String> =
    LazyLock::new(|| format!("/style/holdfast.{:016x}.css", fnv1a(CSS.as_bytes())));

/// The script of the pictures on a product page; it has no use without them, so it is in no island.
pub const GALLERY_JS: &str = include_str!("../../style/scripts/gallery.js");

/// `/style/gallery.0123456789abcdef.js`
pub static GALLERY: LazyLock<String> =
    LazyLock::new(|| format!("/style/gallery.{:016x}.js", fnv1a(GALLERY_JS.as_bytes())));

/// What Ctrl+K finds in the admin area; loaded when it is first pressed.
pub const FIND_JS: &str = include_str!("../../style/scripts/find.js");

/// `/style/find.0123456789abcdef.js`
pub static FIND: LazyLock<String> =
    LazyLock::new(|| format!("/style/find.{:016x}.js", fnv1a(FIND_JS.as_bytes())));

/// The script that a file's name, present or from before, means.
pub fn script(file: &str) -> (&'static str, &'static str) {
    match file.starts_with("find.") {
        true => (FIND.as_str(), FIND_JS),
        false => (GALLERY.as_str(), GALLERY_JS),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

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

    fn folder() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../style")
    }

    fn text(name: &str) -> String {
        fs::read_to_string(folder().join(format!("{name}.css"))).expect("the file is there")
    }

    #[test]
    fn the_cascade_keeps_its_order() {
        let mut rest = CSS.as_str();
        for name in CASCADE {
            let text = text(name);
            let (_, behind) = rest
                .split_once(text.as_str())
                .unwrap_or_else(|| panic!("{name}.css is not behind those before it"));
            rest = behind;
        }
        assert_eq!(rest, "", "states come last");
        assert!(CSS.starts_with(&text("tokens")));
    }

    #[test]
    fn every_file_is_in_it_once_and_nothing_else_is() {
        let mut length = 0;
        for entry in fs::read_dir(folder()).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.extension().is_some_and(|extension| extension == "css") {
                let text = fs::read_to_string(&path).expect("the file is there");
                assert_eq!(CSS.matches(text.as_str()).count(), 1, "{}", path.display());
                length += text.len();
            }
        }
        assert_eq!(CSS.len(), length);
    }
}

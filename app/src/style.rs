//! The style sheet: the files of `style/`, in the order of their cascade, as one.
//!
//! It is embedded, so both ways of building the site serve the same bytes, and its address
//! carries a hash, so browsers may keep it for ever.

use std::sync::{LazyLock, OnceLock};

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

/// A script of the shop's pages that has no use in the wasm. Its address carries a hash, too.
pub struct Script {
    name: &'static str,
    pub source: &'static str,
    href: OnceLock<String>,
}

impl Script {
    const fn new(name: &'static str, source: &'static str) -> Self {
        Self {
            name,
            source,
            href: OnceLock::new(),
        }
    }

    /// `/style/gallery.0123456789abcdef.js`
    pub fn href(&self) -> &str {
        self.href.get_or_init(|| {
            let hash = fnv1a(self.source.as_bytes());
            format!("/style/{}.{hash:016x}.js", self.name)
        })
    }
}

/// The pictures on a product page.
pub static GALLERY: Script = Script::new("gallery", include_str!("../../style/scripts/gallery.js"));
/// Loads [`CART`] when it is needed.
pub static CART_OPENER: Script = Script::new(
    "cart-opener",
    include_str!("../../style/scripts/cart-opener.js"),
);
/// The cart beside the page, and the cart's page without reloading.
pub static CART: Script = Script::new("cart", include_str!("../../style/scripts/cart.js"));

/// What buys on phones while the form's button is out of sight.
pub static BUY_BAR: Script = Script::new("buy-bar", include_str!("../../style/scripts/buy-bar.js"));

/// What Ctrl+K finds in the admin area; loaded when it is first pressed.
pub static FIND: Script = Script::new("find", include_str!("../../style/scripts/find.js"));

static SCRIPTS: [&Script; 5] = [&GALLERY, &CART_OPENER, &CART, &BUY_BAR, &FIND];

/// The script that a file is or was, whatever hash is in its name.
pub fn script(file: &str) -> Option<&'static Script> {
    let (name, _) = file.split_once('.')?;
    SCRIPTS.into_iter().find(|script| script.name == name)
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

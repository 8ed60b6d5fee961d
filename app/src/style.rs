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

/// Brings islands to life: every page's.
pub static ISLANDS: Script = Script::new("islands", include_str!("../../style/scripts/islands.js"));

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

/// The checkout as one page.
pub static CHECKOUT: Script =
    Script::new("checkout", include_str!("../../style/scripts/checkout.js"));

/// Looks whether the provider knows of a payment.
pub static PAYING: Script = Script::new("paying", include_str!("../../style/scripts/paying.js"));

/// What Ctrl+K finds in the admin area; loaded when it is first pressed.
pub static FIND: Script = Script::new("find", include_str!("../../style/scripts/find.js"));

/// The editor of a product's description; loaded when the field is first touched.
pub static RICH_TEXT: Script = Script::new(
    "rich-text",
    include_str!("../../style/scripts/rich-text.js"),
);
/// What it edits with.
pub static SQUIRE: Script = Script::new("squire", include_str!("../../style/scripts/squire.js"));

static SCRIPTS: [&Script; 10] = [
    &ISLANDS,
    &GALLERY,
    &CART_OPENER,
    &CART,
    &BUY_BAR,
    &CHECKOUT,
    &PAYING,
    &FIND,
    &RICH_TEXT,
    &SQUIRE,
];

/// The script that a file is or was, whatever hash is in its name.
pub fn script(file: &str) -> Option<&'static Script> {
    let (name, _) = file.split_once('.')?;
    SCRIPTS.into_iter().find(|script| script.name == name)
}

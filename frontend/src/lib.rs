//! The browser's half: wakes up the islands of a page that the server has rendered.

use leptos::{prelude::document, server_fn::client::set_server_url};
use wasm_bindgen::prelude::wasm_bindgen;

// Without a mention of the crates the linker drops their islands. The back office has none.
use app as _;
use storefront as _;

#[wasm_bindgen]
pub fn hydrate() {
    ask_in_the_language_of_the_page();
    leptos::mount::hydrate_islands();
}

/// What islands ask of the server is answered in the language of the page they are on.
fn ask_in_the_language_of_the_page() {
    let body = document().body();
    let prefix = body.and_then(|body| body.get_attribute("data-prefix"));
    if let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty()) {
        // Once per page, for as long as it lives.
        set_server_url(prefix.leak());
    }
}

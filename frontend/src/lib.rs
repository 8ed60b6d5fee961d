//! The browser's half: wakes up the islands of a page that the server has rendered.

use wasm_bindgen::prelude::wasm_bindgen;

// Without a mention of the crate the linker drops its islands.
#[expect(unused_imports)]
use app::*;

#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

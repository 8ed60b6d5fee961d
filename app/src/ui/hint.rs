//! Hints: cookies that scripts may read, set beside those that they may not. They tell whether there
//! is something to ask the server for.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// What a hint's name begins with over TLS.
const OF_HOST: &str = "__Host-";

/// Whether the hint of this name is set. `name` is the plain one, with `=` at its end.
pub fn is_hinted(name: &str) -> bool {
    document()
        .dyn_into::<web_sys::HtmlDocument>()
        .ok()
        .and_then(|document| document.cookie().ok())
        .is_some_and(|cookies| {
            cookies.split("; ").any(|cookie| {
                let cookie = cookie.strip_prefix(OF_HOST).unwrap_or(cookie);
                cookie.starts_with(name)
            })
        })
}

//! The script that brings a page's islands to life. Leptos' own asks for the wasm before the pictures.

use app::{document::IslandFiles, style};
use leptos::prelude::*;

pub fn script(files: &IslandFiles) -> impl IntoView + use<> {
    // Only islands are hydrated, so nothing else is marked for it.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let IslandFiles { module, wasm } = files.clone();
    view! {
        <script type="module" src=style::ISLANDS.href() data-module=module data-wasm=wasm></script>
    }
}

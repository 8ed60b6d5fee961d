//! Parts of the path of the page at hand.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The part of the path that the route calls `name`; empty if it has none of that name.
pub fn path_part(name: &str) -> String {
    let parts = use_params_map().get_untracked();
    parts.get(name).unwrap_or_default()
}

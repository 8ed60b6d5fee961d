//! In place of what is not there.

use leptos::prelude::*;

/// The picture of an empty state.
pub fn empty_art(src: &'static str) -> impl IntoView {
    view! {
        <div class="empty-art" aria-hidden="true"><img src=src width="256" height="256" alt=""/></div>
    }
}

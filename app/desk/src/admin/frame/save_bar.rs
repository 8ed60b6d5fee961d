//! What is at the foot of a form that is saved as a whole.

use app::ui::date::time;
use leptos::prelude::*;

use super::said;

/// What there is to say of the form, the way `back` to what was saved, and the button.
pub fn save_bar(note: impl IntoView + 'static, back: String, save: &'static str) -> AnyView {
    view! {
        <div class="save-bar">
            {note} <a class="btn-text" href=back>{said().discard()}</a>
            <button class="btn btn-primary" type="submit">{save}</button>
        </div>
    }
    .into_any()
}

/// When something was saved last.
pub fn last_saved(at: i64) -> AnyView {
    view! { <p class="muted">{said().last_saved()} " " {time(at)}</p> }.into_any()
}

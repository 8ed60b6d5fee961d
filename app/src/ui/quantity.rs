//! A field for a number of units, with buttons beside it where scripts run.

use leptos::{html, prelude::*};

use crate::ui::icon::{Icon, icon};

/// For use inside islands.
#[component]
pub fn Stepper(
    id: &'static str,
    value: String,
    /// The most that can be asked for.
    max: i64,
    field: NodeRef<html::Input>,
) -> impl IntoView {
    let step = move |by: i64| {
        if let Some(field) = field.get_untracked() {
            let units = field.value().trim().parse::<i64>().unwrap_or(1);
            field.set_value(&(units + by).clamp(1, max).to_string());
        }
    };
    view! {
        <div class="stepper">
            <button
                class="stepper-btn needs-js"
                type="button"
                aria-label="One fewer"
                on:click=move |_| step(-1)
            >
                {icon(Icon::Minus)}
            </button>
            <label class="visually-hidden" for=id>"Quantity"</label>
            <input
                node_ref=field
                class="stepper-input"
                id=id
                name="quantity"
                type="number"
                min="1"
                max=max
                value=value
                inputmode="numeric"
            />
            <button
                class="stepper-btn needs-js"
                type="button"
                aria-label="One more"
                on:click=move |_| step(1)
            >
                {icon(Icon::Plus)}
            </button>
        </div>
    }
}

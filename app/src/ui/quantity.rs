//! A field for a number of units, with buttons beside it where scripts run.

use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};

use crate::ui::icon::{Icon, icon};

/// What the stepper says, in the language of the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StepperWords {
    pub quantity: String,
    pub fewer: String,
    pub more: String,
}

/// For use inside islands.
#[component]
pub fn Stepper(
    id: &'static str,
    value: String,
    /// The most that can be asked for.
    max: i64,
    words: StepperWords,
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
                aria-label=words.fewer
                on:click=move |_| step(-1)
            >
                {icon(Icon::Minus)}
            </button>
            <label class="visually-hidden" for=id>{words.quantity}</label>
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
                aria-label=words.more
                on:click=move |_| step(1)
            >
                {icon(Icon::Plus)}
            </button>
        </div>
    }
}

//! The options of a product, each as a row of pills.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::choice::{Choice, PickerOption};

pub fn fieldset(choice: Choice, at: usize, option: PickerOption) -> impl IntoView {
    let name = ["option", &(at + 1).to_string()].concat();
    let labelled: Vec<(String, String)> =
        option.values.iter().cloned().zip(option.labels).collect();
    let label_of = move |value: String| {
        let labelled = labelled.iter().find(|(other, _)| *other == value);
        labelled.map(|(_, label)| label.clone()).unwrap_or(value)
    };
    let mut swatches = option.swatches.into_iter();
    let pills = option
        .values
        .into_iter()
        .map(|value| {
            let swatch = swatches.next().unwrap_or_default();
            pill(choice, at, &name, [label_of(value.clone()), swatch], value)
        })
        .collect_view();
    view! {
        <fieldset class="option">
            <legend class="option-name">
                {option.name}
                " "
                <span>{move || label_of(choice.value(at))}</span>
            </legend>
            <div class="pills">{pills}</div>
        </fieldset>
    }
}

fn pill(
    choice: Choice,
    at: usize,
    name: &str,
    [label, swatch]: [String; 2],
    value: String,
) -> impl IntoView + use<> {
    let checked = choice.value_untracked(at) == value;
    let sold_out = Memo::new({
        let value = value.clone();
        move |_| !choice.can_be_had(at, &value)
    });
    let on_change = {
        let value = value.clone();
        move |_| {
            choice.choose(at, value.clone());
            show_choice(choice);
        }
    };
    view! {
        <label class=move || if sold_out.get() { "pill pill-soldout" } else { "pill" }>
            <input
                type="radio"
                name=name.to_owned()
                value=value.clone()
                checked=checked
                on:change=on_change
            />
            <span class=swatch>{label}</span>
            {move || sold_out.get().then(|| view! { " "<span class="pill-note">{choice.sold_out()}</span> })}
        </label>
    }
}

/// Lets the address and the pictures follow the choice.
fn show_choice(choice: Choice) {
    let Some(id) = choice.variant_id() else {
        return;
    };
    let address = ["?variant=", &id].concat();
    if let Ok(history) = window().history() {
        // Only a nicety: browsers refuse it when it is done too often.
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(&address))
            .ok();
    }
    let slide = choice
        .slide()
        .and_then(|number| {
            document().get_element_by_id(&["picture-", &number.to_string()].concat())
        })
        .and_then(|slide| slide.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(slide) = slide
        && let Some(track) = slide.parent_element()
    {
        track.set_scroll_left(slide.offset_left());
    }
}

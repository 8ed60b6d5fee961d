//! What an import does where its file leaves it open, to be chosen on the job's page.

use app::{
    catalog::limits::MAX_COUNT,
    locale::locale,
    ui::{
        field::{CheckField, Need, TextField, error_line},
        form::Form,
    },
};
use leptos::prelude::*;

use crate::admin::jobs::{
    text::Text,
    types::{ImportChoices, JobKind, JobView, RepeatedSkus, UntrackedQuantities},
};

/// Whether the file leaves anything open.
pub fn has_choices(job: &JobView) -> bool {
    let counts = &job.counts;
    let open = counts.untracked + counts.untold + counts.repeated_skus;
    job.summary.kind == JobKind::Import && open > 0
}

/// The fields for it, and a button to see what would change with them. What is not shown stays as it
/// was chosen.
pub fn choices(job: &JobView, form: &Form) -> Option<AnyView> {
    if !has_choices(job) {
        return None;
    }
    Some(
        view! {
            <input type="hidden" name="choices" value="1"/>
            {units(job, form)}
            {skus(job, form)}
            <p>
                <button class="btn" type="submit" name="look" value="1">
                    {Text::from(locale()).show_choices()}
                </button>
            </p>
        }
        .into_any(),
    )
}

fn kept(name: &'static str, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

fn units(job: &JobView, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let (counts, chosen) = (&job.counts, &job.choices);
    let stored = match chosen.untracked_units {
        0 => String::new(),
        units => units.to_string(),
    };
    let uses_file = chosen.untracked == UntrackedQuantities::Use;
    let field = match counts.untracked + counts.untold {
        0 => kept("untracked_units", stored),
        _ => view! {
            <TextField
                form
                name="untracked_units"
                label=text.untracked_units()
                kind="number"
                need=Need::Optional
                min=0
                max=MAX_COUNT
                hint=text.untracked_units_hint()
                value=stored
            />
        }
        .into_any(),
    };
    let file = match (counts.untracked_quantities, uses_file) {
        (0, true) => kept("file_quantities", "1".to_owned()),
        (0, false) => ().into_any(),
        (count, _) => {
            let label = text.file_quantities(&count.to_string());
            view! { <CheckField form name="file_quantities" label=label checked=uses_file/> }
                .into_any()
        }
    };
    view! { {field} {file} }.into_any()
}

fn skus(job: &JobView, form: &Form) -> AnyView {
    let ImportChoices { repeated_skus, .. } = job.choices;
    let text = Text::from(locale());
    let (_, stored) = RepeatedSkus::CHOICES
        .into_iter()
        .find(|(choice, _)| *choice == repeated_skus)
        .unwrap_or(RepeatedSkus::CHOICES[0]);
    if job.counts.repeated_skus == 0 {
        return kept("repeated_skus", stored.to_owned());
    }
    let legend = text.repeated_skus(job.counts.repeated_skus);
    let chosen = form.value("repeated_skus", stored);
    let radios: Vec<_> = RepeatedSkus::CHOICES
        .into_iter()
        .map(|(choice, key)| {
            let words = match choice {
                RepeatedSkus::LeaveOut => text.leave_out(),
                RepeatedSkus::DropSku => text.drop_sku(),
            };
            view! {
                <label class="check">
                    <input type="radio" name="repeated_skus" value=key checked=chosen == key/>
                    <span>{words}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset id="repeated_skus">
            <legend class="field-label">{legend}</legend>
            {radios}
            <p class="field-hint">{text.repeated_skus_hint()}</p>
            {error_line("repeated_skus", form.error("repeated_skus"))}
        </fieldset>
    }
    .into_any()
}

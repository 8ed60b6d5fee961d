//! The list of what another person changed, above the form.

use app::{
    locale::locale,
    ui::{
        banner::{Banner, Heard, Tone},
        icon::Icon,
    },
};
use leptos::prelude::*;

use super::{
    conflict::{Clash, MergedEdit},
    text::Text,
};

/// Says who changed what, and what is in the form now.
pub fn collision_banner(merged: &MergedEdit) -> AnyView {
    let text = Text::from(locale());
    let (count, who) = match merged.actors.as_slice() {
        [] => (1, text.someone_else().to_owned()),
        actors => (actors.len() as i64, actors.join(text.and())),
    };
    let rows: Vec<_> = merged.clashes.iter().map(row).collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=text.what_changed()>
                <table class="table table-stack collision">
                    <thead>
                        <tr>
                            <th scope="col">{text.field()}</th>
                            <th scope="col">{text.when_opened()}</th>
                            <th scope="col">{text.saved_by_them()}</th>
                            <th scope="col">{text.in_the_form()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let title = text.changed_by(count, &who);
    view! {
        <Banner tone=Tone::Warning sign=Icon::Alert heard=Heard::First title=title>
            <p>{text.changed_means()}</p>
        </Banner>
        {table}
    }
    .into_any()
}

/// Letters of a text that are shown.
const SHOWN: usize = 120;

fn shown(text: &str) -> AnyView {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    match short.is_empty() {
        true => view! { <em>{Text::from(locale()).nothing()}</em> }.into_any(),
        false => short.into_any(),
    }
}

fn row(clash: &Clash) -> AnyView {
    let text = Text::from(locale());
    let before = match &clash.before {
        Some(before) => shown(before),
        None => view! { <em>{text.unknown()}</em> }.into_any(),
    };
    let in_form = match &clash.yours {
        Some(yours) => view! { <strong>{text.yours()}</strong> {shown(yours)} }.into_any(),
        None => text.theirs_applied().into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="cell-first">{clash.label.clone()}</th>
            <td data-label=text.when_opened()>{before}</td>
            <td data-label=text.saved_by_them()>{shown(&clash.theirs)}</td>
            <td class="cell-wide" data-label=text.in_the_form()>{in_form}</td>
        </tr>
    }
    .into_any()
}

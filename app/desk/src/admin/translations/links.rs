//! The ways to translations: in editors, and above lists.

use app::{
    locale::{Locale, locale},
    shop::shop,
};
use leptos::prelude::*;

use super::{
    ports::{Group, Progress, TranslationState, targets},
    text::Text,
};
use crate::admin::product_filter::{TranslationGap, Untranslated};

pub fn state_words(state: TranslationState) -> &'static str {
    let text = Text::from(locale());
    match state {
        TranslationState::Current => text.state_current(),
        TranslationState::Missing => text.state_missing(),
        TranslationState::Stale => text.state_stale(),
    }
}

pub fn state_badge(state: TranslationState) -> impl IntoView {
    let class = match state {
        TranslationState::Current => "badge badge-good",
        TranslationState::Missing => "badge badge-outline",
        TranslationState::Stale => "badge badge-accent",
    };
    view! { <span class=class>{state_words(state)}</span> }
}

/// The panel of a product's editor. Nothing in a shop of one language.
pub fn product_panel(id: &str, progress: Vec<(Locale, TranslationState)>) -> Option<AnyView> {
    panel(&format!("/admin/products/{id}"), progress)
}

/// The panel of an editor at this address.
pub fn panel(editor: &str, progress: Vec<(Locale, TranslationState)>) -> Option<AnyView> {
    if progress.is_empty() {
        return None;
    }
    let links: Vec<_> = progress
        .into_iter()
        .map(|(language, state)| {
            let code = language.code();
            let href = format!("{editor}/translations/{code}");
            view! {
                <li class="row">
                    <a class="link" href=href lang=code>{language.name()}</a>
                    {state_badge(state)}
                </li>
            }
        })
        .collect();
    let title = Text::from(locale()).translations();
    Some(
        view! {
            <section class="panel" aria-labelledby="translations">
                <h2 class="panel-title" id="translations">{title}</h2>
                <ul class="stack">{links}</ul>
            </section>
        }
        .into_any(),
    )
}

/// `Deutsch: missing`.
pub fn gap_words(wanted: Untranslated) -> String {
    let text = Text::from(locale());
    let name = wanted.language.name();
    match wanted.gap {
        TranslationGap::Missing => text.gap_missing(name),
        TranslationGap::Stale => text.gap_stale(name),
    }
}

pub(super) fn group_words(group: Group, language: Locale) -> String {
    let text = Text::from(locale());
    match group {
        Group::Categories => text.categories_in(language.name()),
        Group::Collections => text.collections_in(language.name()),
        Group::Drops => text.drops_in(language.name()),
        Group::Announcements => text.announcements_in(language.name()),
        Group::Home => text.home_page_in(language.name()),
        Group::Menus => text.menus_in(language.name()),
        Group::Shipping => text.shipping_in(language.name()),
        Group::Payment => text.payment_in(language.name()),
    }
}

/// Links to the texts of a group in each language.
pub fn links_to(group: Group) -> Vec<AnyView> {
    targets(&shop().settings)
        .into_iter()
        .map(|language| {
            let (href, words) = (group.page(language), group_words(group, language));
            view! { <a class="btn-text" href=href>{words}</a> }.into_any()
        })
        .collect()
}

/// In a list: the languages in which something of a row is missing or out of date.
pub fn gaps(progress: &Progress, id: &str) -> Vec<AnyView> {
    let text = Text::from(locale());
    let states = progress.get(id).map(Vec::as_slice).unwrap_or_default();
    states
        .iter()
        .filter_map(|(language, state)| {
            let (class, words) = match state {
                TranslationState::Current => return None,
                TranslationState::Missing => {
                    ("badge badge-outline", text.gap_missing(language.name()))
                }
                TranslationState::Stale => ("badge badge-warn", text.gap_stale(language.name())),
            };
            Some(view! { " " <span class=class>{words}</span> }.into_any())
        })
        .collect()
}

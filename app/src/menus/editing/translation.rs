//! `/admin/menus/translations/{language}`: the labels of both menus in another language.

use leptos::prelude::*;

use crate::{
    admin::{
        frame::{Section, admin_page},
        translations::{
            fields::translation_field,
            page::{MENUS, asked, is_saved, message, save_bar},
            ports::{TranslationField, page_translations},
        },
    },
    error::ShopError,
    identity::Role,
    locale::{Locale, locale},
    menus::{text::Text, types::LIST},
    ui::{
        breadcrumbs::{breadcrumbs, crumb},
        form::{Form, PageField},
    },
};

#[component]
pub fn AdminMenuTranslationsPage() -> impl IntoView {
    let (language, is_saved) = (asked(), is_saved());
    let port = page_translations();
    let data = async move {
        let language = language.ok_or_else(ShopError::not_found)?;
        Ok((port.menus(language).await?, language))
    };
    admin_page(Role::Admin, data, move |_, (fields, language)| {
        let title = format!("{} – {}", Text::from(locale()).menus(), language.name());
        Section::Pages.page(title, content(fields, language, is_saved))
    })
}

fn content(fields: Vec<TranslationField>, language: Locale, is_saved: bool) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(MENUS);
    let none = fields.is_empty();
    let labels: Vec<_> = fields
        .into_iter()
        .enumerate()
        .map(|(at, field)| translation_field(at, field, &form, language))
        .collect();
    let above = view! { {crumb("/admin/pages", text.pages())} {crumb(LIST, text.menus())} };
    view! {
        <div class="admin-head">
            {breadcrumbs(above, language.name())}
            <h1 class="admin-title">
                {text.menus()} " – " <span lang=language.code()>{language.name()}</span>
            </h1>
        </div>
        <div class="stack">
            {message(&form, is_saved)}
            <form action=MENUS method="post" novalidate data-guard id="translation">
                <PageField/>
                <input type="hidden" name="language" value=language.code()/>
                <section class="panel" aria-labelledby="labels">
                    <h2 class="panel-title" id="labels">{text.labels()}</h2>
                    <p class="field-hint">
                        {if none { text.no_labels() } else { text.labels_hint() }}
                    </p>
                    <div class="stack">{labels}</div>
                </section>
                {save_bar(LIST.to_owned())}
            </form>
        </div>
    }
    .into_any()
}

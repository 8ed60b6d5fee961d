//! `/admin/pages/{id}/translations/{language}`: a page's texts in another language. Those of a page of the
//! law can begin with its template.

use app::{
    error::ShopError,
    identity::Role,
    locale::{Locale, locale},
    pages::{
        gaps::gaps,
        known,
        ports::page_admin,
        templates::{self, Template},
        text::Text,
        types::PageKind,
    },
    shop::shop,
    ui::{
        banner::good_news,
        breadcrumbs::{breadcrumbs, crumb},
        form::{Form, PageField},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::list::kind_words;
use crate::admin::{
    frame::{Section, admin_page},
    translations::{
        fields::translation_field,
        page::{PAGE, asked, is_saved, message, save_bar},
        ports::{PageTexts, Subject, TranslationField, page_translations},
    },
};

#[component]
pub fn AdminPageTranslationPage() -> impl IntoView {
    let (id, language, is_saved) = (path_part("id"), asked(), is_saved());
    let is_template = use_query_map().get_untracked().get_str("template") == Some("1");
    let (pages, translations) = (page_admin(), page_translations());
    let data = async move {
        let language = language.ok_or_else(ShopError::not_found)?;
        let texts = translations.page(&id, language).await?;
        Ok((texts, pages.page(&id).await?.kind, language))
    };
    admin_page(Role::Admin, data, move |_, (texts, kind, language)| {
        let title = format!("{} – {}", texts.title, language.name());
        let template = templates::of(kind, language);
        let start = match is_template {
            true => Start::Template(template),
            false => Start::Stored(template),
        };
        Section::Pages.page(title, content(texts, kind, language, start, is_saved))
    })
}

/// What the form begins with.
enum Start {
    /// What is stored, with an offer of the template.
    Stored(Option<&'static Template>),
    Template(Option<&'static Template>),
}

fn content(
    texts: PageTexts,
    kind: PageKind,
    language: Locale,
    start: Start,
    is_saved: bool,
) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(PAGE);
    let PageTexts { id, title, fields } = texts;
    let editor = format!("/admin/pages/{id}");
    let (fields, notice) = match start {
        Start::Template(Some(template)) if form.values().is_none() => (
            with_template(fields, template),
            good_news(text.template_taken()),
        ),
        Start::Stored(Some(_)) => (fields, offer(&editor, kind, language)),
        Start::Stored(None) | Start::Template(_) => (fields, ().into_any()),
    };
    let left = gaps_left(&fields);
    let fields: Vec<_> = fields
        .into_iter()
        .enumerate()
        .map(|(at, field)| translation_field(at, field, &form, language))
        .collect();
    let above = view! { {crumb("/admin/pages", text.pages())} {crumb(&editor, &title)} };
    view! {
        <div class="admin-head">
            {breadcrumbs(above, language.name())}
            <h1 class="admin-title">
                {title.clone()} " – " <span lang=language.code()>{language.name()}</span>
            </h1>
        </div>
        <div class="stack">
            {message(&form, is_saved)} {notice}
            <form action=PAGE method="post" novalidate data-guard id="translation">
                <PageField/>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="language" value=language.code()/>
                <section class="panel" aria-labelledby="texts">
                    <h2 class="panel-title" id="texts">{text.texts()}</h2>
                    <p class="field-hint">{text.texts_hint()}</p>
                    {left}
                    <div class="stack">{fields}</div>
                </section>
                {save_bar(editor)}
            </form>
        </div>
    }
    .into_any()
}

/// A link to the form that begins with the template.
fn offer(editor: &str, kind: PageKind, language: Locale) -> AnyView {
    let text = Text::from(locale());
    let href = format!("{editor}/translations/{}?template=1", language.code());
    let words = text.take_template(kind_words(kind), language.name());
    view! {
        <div class="panel panel-soft">
            <p>{text.take_template_why()}</p>
            <p>
                <a class="btn btn-small" href=href>{words}</a>
            </p>
        </div>
    }
    .into_any()
}

fn with_template(fields: Vec<TranslationField>, template: &Template) -> Vec<TranslationField> {
    let filled = |field: TranslationField| match field.subject {
        Subject::Title => TranslationField {
            text: template.title().to_owned(),
            ..field
        },
        Subject::PageText => TranslationField {
            text: known::filled(template, &shop().settings.seller),
            ..field
        },
        _ => field,
    };
    fields.into_iter().map(filled).collect()
}

/// What is still to be filled in.
fn gaps_left(fields: &[TranslationField]) -> Option<AnyView> {
    let text = Text::from(locale());
    let texts: Vec<&str> = fields.iter().map(|field| field.text.as_str()).collect();
    let left = gaps(&texts);
    if left.is_empty() {
        return None;
    }
    let list: Vec<_> = left
        .into_iter()
        .map(|gap| view! { <li>{gap}</li> })
        .collect();
    let view = view! {
        <div class="page-gaps">
            <h3 class="panel-title">{text.gaps()}</h3>
            <p class="muted">{text.gaps_why()}</p>
            <ul>{list}</ul>
        </div>
    };
    Some(view.into_any())
}

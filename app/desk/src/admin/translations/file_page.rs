//! `/admin/translations/:language/file`: where all texts of a language are translated, and the file with them.

use app::{
    error::ShopError,
    identity::Role,
    locale::{Locale, locale},
    shop::shop,
    ui::{
        banner::good_news,
        breadcrumbs::{breadcrumbs, crumb},
        field::{Files, file_field, refusal_of},
        form::Form,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    links::group_words,
    page::asked,
    ports::{Group, may_translate},
    text::Text,
};
use crate::admin::frame::{Section, admin_page};

/// Where the file is posted to.
pub const UPLOAD: &str = "/api/admin/translations/upload";

/// The address of this page.
pub fn file_page(language: Locale) -> String {
    format!("/admin/translations/{}/file", language.code())
}

/// Where the file is.
pub fn file_of(language: Locale) -> String {
    format!("/admin/translations/{}/texts.csv", language.code())
}

#[component]
pub fn AdminTranslationFilePage() -> impl IntoView {
    let settings = shop().settings;
    let language = asked().filter(|language| may_translate(&settings, *language));
    let saved = use_query_map().get_untracked().get("saved");
    let saved = saved.and_then(|saved| saved.parse().ok());
    let data = async move { language.ok_or_else(ShopError::not_found) };
    admin_page(Role::Admin, data, move |_, language| {
        let title = Text::from(locale()).all_in(language.name());
        let content = page(language, &title, saved);
        Section::Settings.page(title, content)
    })
}

fn page(language: Locale, title: &str, saved: Option<i64>) -> AnyView {
    let text = Text::from(locale());
    let is_on = shop().settings.languages.contains(language);
    let off =
        (!is_on).then(|| view! { <p class="panel">{text.not_spoken_yet(language.name())}</p> });
    let saved = saved.map(|saved| match saved {
        0 => good_news(text.nothing_changed()),
        saved => good_news(text.rows_saved(saved)),
    });
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/settings", text.settings()), title)}
            <h1 class="admin-title">{title.to_owned()}</h1>
        </div>
        <div class="stack">
            {saved}
            {refusal_of(&Form::of(UPLOAD))}
            {off}
            <div class="admin-cols admin-halves">
                <div class="stack">{editors(language)}</div>
                <div class="stack">{download(language)} {upload(language)}</div>
            </div>
        </div>
    }
    .into_any()
}

fn editors(language: Locale) -> AnyView {
    let text = Text::from(locale());
    let links: Vec<_> = Group::ALL
        .into_iter()
        .map(|group| {
            let href = group.page(language);
            view! { <li><a class="link" href=href>{group_words(group, language)}</a></li> }
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="editors">
            <h2 class="panel-title" id="editors">{text.in_the_editor()}</h2>
            <ul class="stack">{links}</ul>
            <p class="field-hint">{text.elsewhere()}</p>
        </section>
    }
    .into_any()
}

fn download(language: Locale) -> AnyView {
    let text = Text::from(locale());
    let name = format!("texts-{}.csv", language.code());
    view! {
        <section class="panel stack" aria-labelledby="download">
            <h2 class="panel-title" id="download">{text.in_a_file()}</h2>
            <p>{text.file_means()}</p>
            <p>
                <a class="btn" href=file_of(language) download=name>{text.download_file()}</a>
            </p>
        </section>
    }
    .into_any()
}

fn upload(language: Locale) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(UPLOAD);
    view! {
        <section class="panel" aria-labelledby="upload">
            <h2 class="panel-title" id="upload">{text.upload_file()}</h2>
            <form class="stack" action=UPLOAD method="post" enctype="multipart/form-data">
                <input type="hidden" name="language" value=language.code()/>
                {file_field(&form, Files::Csv, text.csv_file(), text.csv_file_hint())}
                <p>
                    <button class="btn btn-primary" type="submit">
                        {icon(Icon::Upload)}
                        {text.upload_and_save()}
                    </button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

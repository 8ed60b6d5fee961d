//! `/admin/sentences`: what the shop says in the owner's own words, in each language.

use leptos::prelude::*;

use super::{
    ports::{SentencesView, sentence_admin},
    text::Text,
};
use crate::{
    admin::frame::{Section, admin_page},
    identity::Role,
    locale::{Locale, locale},
    sentences::{MAX_SENTENCE, Sentence},
    shop::shop,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        field::{error_line, refusal_of},
        form::{Form, PageField},
        head::escape,
    },
};

pub const HERE: &str = "/admin/sentences";
/// Where the form goes.
pub const SAVE: &str = "/api/admin/sentences/save";

#[component]
pub fn AdminSentencesPage() -> impl IntoView {
    let port = sentence_admin();
    let data = async move { port.sentences().await };
    admin_page(Role::Admin, data, |_, view| {
        let title = Text::from(locale()).sentences();
        Section::Settings.page(title, page(&view))
    })
}

fn page(view: &SentencesView) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(SAVE);
    let version = form.version(view.version.to_string());
    let languages: Vec<Locale> = shop().settings.languages.locales().collect();
    let panels: Vec<_> = Sentence::ALL
        .into_iter()
        .enumerate()
        .map(|(place, sentence)| {
            let fields: Vec<_> = languages
                .iter()
                .enumerate()
                .map(|(of_language, language)| {
                    let at = place * languages.len() + of_language;
                    field(&form, view, at, sentence, *language)
                })
                .collect();
            let (title, why) = words(sentence);
            view! {
                <section class="panel" aria-labelledby=sentence.as_str()>
                    <h2 class="panel-title" id=sentence.as_str()>{title}</h2>
                    <div class="stack">
                        <p class="field-hint">{why}</p>
                        {fields}
                    </div>
                </section>
            }
        })
        .collect();
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/settings", text.settings()), text.sentences())}
            <h1 class="admin-title">{text.sentences()}</h1>
        </div>
        <div class="stack">
            {done(&[("saved", text.saved())])} {refusal_of(&form)}
            <form action=SAVE method="post" novalidate data-guard id="sentences">
                <PageField/>
                <input type="hidden" name="version" value=version/>
                <div class="stack">
                    <p class="muted">{text.why()}</p>
                    {panels}
                </div>
                <div class="save-bar">
                    <a class="btn-text" href=HERE>{text.discard()}</a>
                    <button class="btn btn-primary" type="submit">{text.save()}</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// What a sentence is for, and where it is said.
fn words(sentence: Sentence) -> (&'static str, &'static str) {
    let text = Text::from(locale());
    match sentence {
        Sentence::About => (text.about(), text.about_why()),
        Sentence::Returns => (text.returns(), text.returns_why()),
        Sentence::OrderMail => (text.order_mail(), text.order_mail_why()),
    }
}

fn field(
    form: &Form,
    view: &SentencesView,
    at: usize,
    sentence: Sentence,
    language: Locale,
) -> AnyView {
    let name = format!("sentences[{at}][text]");
    let present = view.sentences.written(sentence, language);
    let value = form.value(&name, present.unwrap_or_default());
    // Leptos writes the content of a textarea as it is, so that it could end itself and begin a
    // script. A line break right after the opening tag is not part of the text.
    let value = format!("\n{}", escape(&value));
    let error = form.error(&name);
    view! {
        <div class="field">
            <input type="hidden" name=format!("sentences[{at}][sentence]") value=sentence.as_str()/>
            <input type="hidden" name=format!("sentences[{at}][language]") value=language.code()/>
            <label class="field-label" for=name.clone() lang=language.code()>
                {language.name()}
            </label>
            <textarea
                class="textarea"
                id=name.clone()
                name=name.clone()
                rows="2"
                lang=language.code()
                maxlength=MAX_SENTENCE
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| format!("{name}-error"))
            >
                {value}
            </textarea>
            {error_line(&name, error)}
        </div>
    }
    .into_any()
}

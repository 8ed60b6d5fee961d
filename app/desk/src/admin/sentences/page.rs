//! `/admin/sentences`: what the shop says in the owner's own words, in each language.

use app::{
    identity::Role,
    locale::{Locale, locale},
    sentences::{MAX_SENTENCE, Sentence},
    shop::shop,
    ui::{field::error_line, form::Form, head::escape},
};
use leptos::prelude::*;

use super::{
    ports::{SentencesView, sentence_admin},
    text::Text,
};
use crate::admin::frame::{Section, SettingsForm, admin_page, settings_crumb};

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
    SettingsForm {
        id: "sentences",
        action: SAVE,
        here: HERE.to_owned(),
        above: settings_crumb(),
        title: text.sentences(),
        version: view.version.to_string(),
        saved: text.saved(),
        save: text.save(),
        below: None,
    }
    .with(|form| {
        let languages: Vec<Locale> = shop().settings.languages.locales().collect();
        let panels: Vec<_> = (0..)
            .step_by(languages.len().max(1))
            .zip(Sentence::ALL)
            .map(|(first, sentence)| panel(form, view, first, sentence, &languages))
            .collect();
        view! {
            <p class="muted">{text.why()}</p>
            {panels}
        }
        .into_any()
    })
}

/// A sentence in all languages; the first of its fields is the form's `first`.
fn panel(
    form: &Form,
    view: &SentencesView,
    first: usize,
    sentence: Sentence,
    languages: &[Locale],
) -> AnyView {
    let fields: Vec<_> = (first..)
        .zip(languages)
        .map(|(at, language)| field(form, view, at, sentence, *language))
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

//! A text with its original above it.

use app::{
    locale::{Locale, locale},
    menus::types::MenuPlace,
    shop::shop,
    ui::{field::error_line, form::Form, head::escape},
};
use leptos::prelude::*;

use super::{
    links::state_badge,
    ports::{BlockPart, Subject, TranslationField, TranslationState},
    text::Text,
};

fn label(subject: &Subject) -> String {
    let text = Text::from(locale());
    match subject {
        Subject::Title => text.title().to_owned(),
        Subject::Description => text.description().to_owned(),
        Subject::SeoTitle => text.seo_title().to_owned(),
        Subject::SeoDescription => text.seo_description().to_owned(),
        Subject::OptionName => text.option_name().to_owned(),
        Subject::OptionValue(option) => text.option_value(option),
        Subject::Category => text.category().to_owned(),
        Subject::Collection => text.collection().to_owned(),
        Subject::CategoryText(category) => text.category_text(category),
        Subject::Drop => text.drop_title().to_owned(),
        Subject::Announcement => text.announcement().to_owned(),
        Subject::Block(number, part) => {
            let part = match part {
                BlockPart::Heading => text.block_heading(),
                BlockPart::Text => text.block_text(),
                BlockPart::Button => text.block_button(),
                BlockPart::Alt => text.block_alt(),
                BlockPart::PromiseTitle => text.promise_title(),
                BlockPart::PromiseText => text.promise_text(),
            };
            text.block_part(&number.to_string(), part)
        }
        Subject::PageText => text.page_text().to_owned(),
        Subject::PictureAlt(number) => text.picture_alt(&number.to_string()),
        Subject::Tag => text.tag().to_owned(),
        Subject::Shipping => text.shipping_method().to_owned(),
        Subject::ShippingText(method) => text.shipping_text(method),
        Subject::Payment => text.payment_method().to_owned(),
        Subject::PaymentText(method) => text.shipping_text(method),
        Subject::MenuItem(MenuPlace::Header) => text.header_item().to_owned(),
        Subject::MenuItem(MenuPlace::Footer) => text.footer_item().to_owned(),
    }
}

/// Lines that a field has room for; `None`: it is one line.
fn rows_of(subject: &Subject) -> Option<u32> {
    match subject {
        Subject::Description | Subject::CategoryText(_) => Some(8),
        Subject::SeoDescription | Subject::Block(_, BlockPart::Text) => Some(3),
        Subject::PageText => Some(24),
        _ => None,
    }
}

/// A cell of the field's row in a refused form: rows are found by the name of their field, since there
/// may be others by then.
fn typed(form: &Form, field: &TranslationField, cell: &str) -> Option<String> {
    let values = form.values()?;
    let row = values
        .iter()
        .find(|(name, value)| name.ends_with("][name]") && *value == field.name)
        .and_then(|(name, _)| name.strip_suffix("[name]"))?;
    let wanted = format!("{row}[{cell}]");
    let found = values.iter().find(|(name, _)| *name == wanted);
    found.map(|(_, value)| value.clone())
}

/// A text with its original. `at` is its row in the form.
pub fn translation_field(
    at: usize,
    field: TranslationField,
    form: &Form,
    language: Locale,
) -> AnyView {
    let cell = |name: &str| format!("texts[{at}][{name}]");
    let id = cell("text");
    let value = typed(form, &field, "text").unwrap_or_else(|| field.text.clone());
    let error = form.error(&id);
    let described = match error {
        Some(_) => format!("{id}-error {id}-original"),
        None => format!("{id}-original"),
    };
    let invalid = error.is_some().then_some("true");
    let input = match rows_of(&field.subject) {
        Some(rows) => {
            // As it is, it could end the field; and a browser drops the first line break.
            let content = format!("\n{}", escape(&value));
            view! {
                <textarea
                    class="textarea"
                    id=id.clone()
                    name=id.clone()
                    lang=language.code()
                    rows=rows
                    maxlength=field.most
                    aria-invalid=invalid
                    aria-describedby=described
                >
                    {content}
                </textarea>
            }
            .into_any()
        }
        None => view! {
            <input
                class="input"
                id=id.clone()
                name=id.clone()
                lang=language.code()
                value=value
                maxlength=field.most
                autocomplete="off"
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any(),
    };
    let confirm = (field.state == TranslationState::Stale).then(|| {
        let name = cell("confirm");
        let checked = typed(form, &field, "confirm").is_some();
        view! {
            <label class="check">
                <input type="checkbox" name=name value="1" checked=checked/>
                <span>{Text::from(locale()).still_right()}</span>
            </label>
        }
    });
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label(&field.subject)} " " {state_badge(field.state)}
            </label>
            {original(&id, &field)}
            {input}
            {error_line(&id, error)}
            {confirm}
            <input type="hidden" name=cell("name") value=field.name.clone()/>
            <input type="hidden" name=cell("was") value=field.was.clone()/>
            <input type="hidden" name=cell("source") value=field.source.clone()/>
        </div>
    }
    .into_any()
}

fn original(id: &str, field: &TranslationField) -> AnyView {
    let id = format!("{id}-original");
    let written_in = shop().settings.written_in.code();
    match (&field.subject, field.original.is_empty()) {
        (_, true) => {
            let words = Text::from(locale()).no_original();
            view! { <p class="field-hint" id=id>{words}</p> }.into_any()
        }
        (Subject::Description | Subject::CategoryText(_), false) => view! {
            <div class="prose" id=id lang=written_in inner_html=field.original.clone()></div>
        }
        .into_any(),
        // As long as the text itself: it can be put away.
        (Subject::PageText, false) => view! {
            <details id=id open>
                <summary class="btn-text">{Text::from(locale()).original()}</summary>
                <pre class="page-source" lang=written_in>{field.original.clone()}</pre>
            </details>
        }
        .into_any(),
        (_, false) => {
            view! { <p class="field-hint" id=id lang=written_in>{field.original.clone()}</p> }
                .into_any()
        }
    }
}

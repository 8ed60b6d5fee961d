//! Fields of forms, each with its label, hint and error.

#[cfg(test)]
mod tests;

mod refusal;

use jiff::civil::DateTime;
use leptos::prelude::*;

use super::{
    date::day,
    form::Form,
    icon::{Icon, icon},
    text::Text,
};
use crate::{locale::locale, ui::head::escape};
pub use refusal::{RefusalBanner, refusal_of, refusal_to};

/// The `aria-describedby` of a field, from what is there to describe it.
pub(super) fn described_by(id: &str, hint: &str, error: &Option<String>) -> Option<String> {
    match (error, hint.is_empty()) {
        (Some(_), true) => Some(format!("{id}-error")),
        (Some(_), false) => Some(format!("{id}-error {id}-hint")),
        (None, false) => Some(format!("{id}-hint")),
        (None, true) => None,
    }
}

fn field_class(class: &str) -> String {
    match class {
        "" => "field".to_owned(),
        class => format!("field {class}"),
    }
}

/// The id of a field: its name, unless the page has several of that name.
fn id_or_name(id: String, name: &str) -> String {
    if id.is_empty() { name.to_owned() } else { id }
}

/// Says that a field may be left empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Need {
    #[default]
    Required,
    Optional,
    /// Neither the browser nor anybody else is told: hidden required fields block a form, and of
    /// filters nobody expects to need all.
    Unmarked,
}

pub(super) fn label(id: &str, words: String, need: Need) -> impl IntoView + use<> {
    let optional = (need == Need::Optional).then(|| {
        let words = Text::from(locale()).optional();
        view! { " "<span class="field-optional">{words}</span> }
    });
    view! { <label class="field-label" for=id.to_owned()>{words}{optional}</label> }
}

pub(super) fn hint_line(id: &str, hint: String) -> Option<impl IntoView + use<>> {
    (!hint.is_empty()).then(|| {
        view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> }
    })
}

/// What files a field takes, as the browser's dialogue offers them. The server looks at what comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    Csv,
    Pictures,
    PicturesAndDrawings,
}

impl Files {
    pub const fn accepted(self) -> &'static str {
        match self {
            Self::Csv => ".csv,text/csv",
            Self::Pictures => "image/png,image/jpeg,image/webp",
            Self::PicturesAndDrawings => "image/png,image/jpeg,image/webp,image/svg+xml",
        }
    }
}

/// The field of a file to upload.
pub fn file_field(form: &Form, files: Files, label: &'static str, hint: &str) -> AnyView {
    let error = form.error("file");
    view! {
        <div class="field">
            <label class="field-label" for="file">{label}</label>
            <input
                class="input"
                id="file"
                type="file"
                name="file"
                accept=files.accepted()
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described_by("file", hint, &error)
            />
            {hint_line("file", hint.to_owned())}
            {error_line("file", error)}
        </div>
    }
    .into_any()
}

/// What is wrong with a field, below it.
pub fn error_line(id: &str, error: Option<String>) -> Option<impl IntoView + use<>> {
    error.map(|error| {
        view! {
            <p class="field-error" id=format!("{id}-error")>
                {icon(Icon::Alert)}
                <span>{error}</span>
            </p>
        }
    })
}

/// A field in a table whose head names it, as it was typed, with what is wrong with it.
pub fn cell_input(
    name: String,
    label: String,
    value: String,
    class: &'static str,
    inputmode: Option<&'static str>,
    maxlength: Option<usize>,
    form: &Form,
) -> impl IntoView + use<> {
    let error = form.error(&name);
    view! {
        <input
            class=class
            id=name.clone()
            name=name.clone()
            value=value
            inputmode=inputmode
            maxlength=maxlength
            autocomplete="off"
            aria-label=label
            aria-invalid=error.is_some().then_some("true")
            aria-describedby=error.is_some().then(|| format!("{name}-error"))
        />
        {error_line(&name, error)}
    }
}

/// What a field holds and what is wrong with it: of a refused form what was typed.
fn shown(
    form: &Form,
    name: &str,
    value: String,
    error: Option<String>,
) -> (String, Option<String>) {
    (form.value(name, value), error.or_else(|| form.error(name)))
}

/// The type of a field that holds `value`. One for days or times would drop what is none, and what was
/// typed is to be seen.
fn kind_for(kind: &'static str, value: &str) -> &'static str {
    let is_shown = match kind {
        "date" => day(value).is_some(),
        "datetime-local" => DateTime::strptime("%Y-%m-%dT%H:%M", value).is_ok(),
        _ => true,
    };
    match is_shown || value.is_empty() {
        true => kind,
        false => "text",
    }
}

/// A one-line field. Of a refused form it shows what was typed and what is wrong with it. Passwords
/// and other secrets have a field of their own, `SecretField`.
#[component]
pub fn TextField(
    #[prop(optional, into)] form: Form,
    name: &'static str,
    #[prop(into)] label: String,
    /// What it holds before anything is typed.
    #[prop(optional, into)]
    value: String,
    /// What is wrong with it, if no form says so: filters have none.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// The input's type; `text` unless told.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] need: Need,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u32>,
    /// Smallest and largest number, for `kind="number"`.
    #[prop(optional)]
    min: Option<i64>,
    #[prop(optional)] max: Option<i64>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// The id of a `datalist` to choose from.
    #[prop(optional)]
    list: Option<&'static str>,
    /// The name, unless told.
    #[prop(optional, into)]
    id: String,
    /// Such as `col-half`.
    #[prop(optional)]
    class: &'static str,
    /// The form it belongs to, if it is outside of it.
    #[prop(optional, into)]
    form_id: Option<String>,
) -> impl IntoView {
    let (value, error) = shown(&form, name, value, error);
    let id = id_or_name(id, name);
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    view! {
        <div class=field_class(class)>
            {self::label(&id, label, need)}
            <input
                class="input"
                id=id.clone()
                name=name
                type=kind_for(kind, &value)
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=maxlength
                min=min
                max=max
                placeholder=placeholder
                list=list
                required=need == Need::Required
                form=form_id
                aria-invalid=invalid
                aria-describedby=described
            />
            {hint_line(&id, hint)}
            {error_line(&id, error)}
        </div>
    }
    .into_any()
}

/// A field of several lines.
#[component]
pub fn TextArea(
    #[prop(optional, into)] form: Form,
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional)] need: Need,
    #[prop(optional, into)] hint: String,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional, into)] id: String,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let (value, error) = shown(&form, name, value, error);
    let id = id_or_name(id, name);
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    // Leptos writes the content of a textarea as it is, so that it could end itself and begin a
    // script. A line break right after the opening tag is not part of the text.
    let text = format!("\n{}", escape(&value));
    view! {
        <div class=field_class(class)>
            {self::label(&id, label, need)}
            <textarea
                class="textarea"
                id=id.clone()
                name=name
                rows=rows
                maxlength=maxlength
                required=need == Need::Required
                aria-invalid=invalid
                aria-describedby=described
            >
                {text}
            </textarea>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
        </div>
    }
    .into_any()
}

/// A choice from a list: `options` are values with their words.
#[component]
pub fn SelectField(
    #[prop(optional, into)] form: Form,
    name: &'static str,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional)] need: Need,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] id: String,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let (value, error) = shown(&form, name, value, error);
    let id = id_or_name(id, name);
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let options = options
        .into_iter()
        .map(|(choice, words)| {
            let selected = choice == value;
            view! { <option value=choice selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class=field_class(class)>
            {self::label(&id, label, need)}
            <select
                class="select"
                id=id.clone()
                name=name
                autocomplete=autocomplete
                aria-invalid=invalid
                aria-describedby=described
            >
                {options}
            </select>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
        </div>
    }
    .into_any()
}

/// A box to tick, sent as `1`.
#[component]
pub fn CheckField(
    #[prop(optional, into)] form: Form,
    name: &'static str,
    #[prop(into)] label: String,
    /// Whether it is ticked before anybody has touched it.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    let checked = form.checked(name, checked);
    view! {
        <label class="check">
            <input type="checkbox" name=name value="1" checked=checked/>
            <span>{label}</span>
        </label>
    }
}

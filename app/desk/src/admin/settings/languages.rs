//! The languages of the shop, in the settings' form.

use app::{
    locale::{Locale, locale},
    shop::ShopSettings,
    ui::{
        field::{SelectField, error_line},
        form::Form,
    },
};
use leptos::prelude::*;

use super::text::Text;
use crate::admin::translations::{file_page::file_page, ports::may_translate};

const LANGUAGES: &str = "languages[]";
const DEFAULT: &str = "default_language";

/// As ticked in a refused form, else as they are set.
fn is_ticked(locale: Locale, settings: &ShopSettings, form: &Form) -> bool {
    match form.values() {
        Some(values) => values
            .iter()
            .any(|(name, code)| name == LANGUAGES && code == locale.code()),
        None => settings.languages.contains(locale),
    }
}

/// If someone else has saved meanwhile, what is set is said if it differs.
pub fn languages_section(settings: &ShopSettings, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let default = settings.languages.default_language().locale;
    let differs = form.value(DEFAULT, default.code()) != default.code()
        || Locale::ALL
            .into_iter()
            .any(|locale| is_ticked(locale, settings, form) != settings.languages.contains(locale));
    let current = (form.is_overtaken() && differs).then(|| {
        let names: Vec<_> = settings.languages.locales().map(Locale::name).collect();
        let words = text.current_value(&names.join(", "));
        view! { <p class="field-hint">{words}</p> }
    });
    let options: Vec<_> = Locale::ALL
        .into_iter()
        .map(|locale| (locale.code().to_owned(), locale.name().to_owned()))
        .collect();
    let boxes: Vec<_> = Locale::ALL
        .into_iter()
        .map(|locale| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name=LANGUAGES
                        value=locale.code()
                        checked=is_ticked(locale, settings, form)
                    />
                    <span lang=locale.code()>{locale.name()}</span>
                </label>
            }
        })
        .collect();
    let others = Locale::ALL
        .into_iter()
        .filter(|locale| may_translate(settings, *locale));
    let translate: Vec<_> = others
        .map(|locale| {
            let words = text.texts_in(locale.name());
            view! { <a class="btn-text" href=file_page(locale)>{words}</a> }
        })
        .collect();
    let written_in = text.written_in(settings.written_in.name());
    let error = form.error("languages");
    view! {
        <section class="panel" aria-labelledby="shop-languages">
            <h2 class="panel-title" id="shop-languages">{text.languages()}</h2>
            <div class="form-grid">
                <SelectField
                    form=form
                    name=DEFAULT
                    label=text.default_language()
                    options=options
                    value=default.code()
                    hint=text.default_language_hint()
                />
                <fieldset class="field" id="languages">
                    <legend class="field-label">{text.pages_also_in()}</legend>
                    // So that a form on which nothing is ticked says so.
                    <input type="hidden" name=LANGUAGES value=""/>
                    {boxes}
                    {error_line("languages", error)}
                    {current}
                    <p class="field-hint">
                        {text.other_languages_hint()}
                    </p>
                    <p class="field-hint">{written_in}</p>
                    <div class="row">{translate}</div>
                </fieldset>
            </div>
        </section>
    }
    .into_any()
}

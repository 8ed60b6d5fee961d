//! The panels of the product form: what it is, where it belongs, whether it is for sale.

use app::{
    catalog::limits::{
        MAX_CATEGORY, MAX_OPTION, MAX_SEO_DESCRIPTION, MAX_SEO_TITLE, MAX_SLUG, MAX_TITLE,
        MAX_VENDOR,
    },
    locale::locale,
    shop::shop,
    ui::{
        field::{Need, TextArea, TextField, error_line},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{
    editing::DRAFT, rich_text::description, text::Text, types::AdminProduct, variants::flag,
};
use crate::admin::products::ports::product_admin;

pub fn details(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel" aria-labelledby="details">
            <h2 class="panel-title" id="details">{text.details()}</h2>
            <div class="form-grid">
                <TextField
                    form
                    name="title"
                    label=text.title()
                    maxlength=MAX_TITLE as u32
                    value=product.title.clone()
                />
                <TextField
                    form
                    name="slug"
                    label=text.slug()
                    maxlength=MAX_SLUG as u32
                    need=Need::Optional
                    hint=text.slug_hint()
                    value=product.slug.clone()
                />
                {description(product, form)}
            </div>
            {preview(product, form)}
        </section>
    }
    .into_any()
}

/// The description as shoppers will see it: what was typed, cleaned as it will be when it is saved.
fn preview(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let typed = form.value("description_html", product.description_html.clone());
    let clean = product_admin().clean_html(&typed);
    let is_asked = form.values().is_some() && form.refusal().is_none();
    view! {
        <details class="preview" open=is_asked>
            <summary class="btn-text">{text.preview()}</summary>
            <div class="prose preview-body" inner_html=clean></div>
            <button class="btn btn-small" type="submit" formaction=DRAFT name="do" value="preview">
                {text.update_preview()}
            </button>
        </details>
    }
    .into_any()
}

pub fn options(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let stored = |at: usize| product.options.get(at).cloned().unwrap_or_default();
    // Values in the order of the variants, each once.
    let values = |at: usize| {
        let mut values: Vec<&str> = Vec::new();
        for variant in &product.variants {
            if let Some(value) = variant.options.get(at)
                && !values.contains(&value.as_str())
            {
                values.push(value);
            }
        }
        values.join(", ")
    };
    let fields: Vec<_> = [
        ("option1_name", "option1_values", text.size(), text.sizes()),
        (
            "option2_name",
            "option2_values",
            text.colour(),
            text.colours(),
        ),
        ("option3_name", "option3_values", "", ""),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, (name, list, example, examples))| {
        let number = (at + 1).to_string();
        view! {
            <TextField
                form
                name=name
                label=text.option_number(&number)
                maxlength=MAX_OPTION as u32
                class="col-third"
                need=Need::Optional
                placeholder=example
                value=stored(at)
            />
            <TextField
                form
                name=list
                label=text.values_number(&number)
                class="col-two-thirds"
                need=Need::Optional
                placeholder=examples
                value=values(at)
            />
        }
    })
    .collect();
    view! {
        <section class="panel" aria-labelledby="options">
            <h2 class="panel-title" id="options">{text.options()}</h2>
            <div class="form-grid">
                {fields}
                <p class="field-hint">{text.options_hint()}</p>
                <p>
                    <button
                        class="btn btn-small"
                        type="submit"
                        formaction=DRAFT
                        name="do"
                        value="combine"
                    >
                        {text.add_combinations()}
                    </button>
                </p>
            </div>
        </section>
    }
    .into_any()
}

pub fn visibility(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let choices = [("1", text.active_means()), ("0", text.inactive_means())];
    one_of_two(
        form,
        "active",
        text.visibility(),
        flag(product.active),
        choices,
        in_carts(product),
    )
}

/// Whether it can be paid for on delivery.
pub fn paying(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let choices = [("0", text.any_payment()), ("1", text.prepaid_only())];
    let stored = flag(product.prepaid);
    one_of_two(form, "prepaid", text.paying(), stored, choices, ())
}

/// A panel with a choice between two, and what is said of it below.
fn one_of_two(
    form: &Form,
    name: &'static str,
    title: &'static str,
    stored: &str,
    choices: [(&'static str, &'static str); 2],
    below: impl IntoView,
) -> AnyView {
    let chosen = form.value(name, stored);
    let choices = choices.map(|(value, words)| {
        view! {
            <label class="check">
                <input type="radio" name=name value=value checked=chosen == value/>
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <section class="panel">
            <fieldset id=name>
                <legend class="panel-title">{title}</legend>
                {choices}
                {error_line(name, form.error(name))}
            </fieldset>
            {below}
        </section>
    }
    .into_any()
}

/// What taking the product off sale would mean for shoppers.
fn in_carts(product: &AdminProduct) -> Option<impl IntoView + use<>> {
    let text = Text::from(locale());
    let words = match (product.in_carts, product.active) {
        (0, _) => return None,
        (carts, true) => text.in_carts_active(carts),
        (carts, false) => text.in_carts_inactive(carts),
    };
    Some(view! { <p class="field-hint">{words}</p> })
}

pub fn belongs(product: &AdminProduct, categories: Vec<String>, form: &Form) -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel" aria-labelledby="belongs">
            <h2 class="panel-title" id="belongs">{text.organisation()}</h2>
            <div class="stack">
                {category(product, categories, form)}
                <TextField
                    form
                    name="vendor"
                    label=text.vendor()
                    maxlength=MAX_VENDOR as u32
                    need=Need::Optional
                    value=product.vendor.clone()
                />
                <TextField
                    form
                    name="tags"
                    label=text.tags()
                    need=Need::Optional
                    hint=text.tags_hint()
                    value=product.tags.join(", ")
                />
            </div>
        </section>
    }
    .into_any()
}

/// Any name will do; those in use are offered.
fn category(product: &AdminProduct, categories: Vec<String>, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let error = form.error("category");
    let described = match error {
        Some(_) => "category-error category-hint",
        None => "category-hint",
    };
    let names: Vec<_> = categories
        .into_iter()
        .map(|name| view! { <option value=name></option> })
        .collect();
    view! {
        <div class="field">
            <label class="field-label" for="category">
                {text.category()}
                " "
                <span class="field-optional">{text.optional()}</span>
            </label>
            <input
                class="input"
                id="category"
                name="category"
                type="text"
                list="categories"
                autocomplete="off"
                maxlength=MAX_CATEGORY
                value=form.value("category", product.category.clone())
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described
            />
            <datalist id="categories">{names}</datalist>
            <p class="field-hint" id="category-hint">{text.category_hint()}</p>
            {error_line("category", error)}
        </div>
    }
    .into_any()
}

pub fn search_engines(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel" aria-labelledby="search-engines">
            <h2 class="panel-title" id="search-engines">{text.search_engines()}</h2>
            <div class="stack">
                <TextField
                    form
                    name="seo_title"
                    label=text.page_title()
                    maxlength=MAX_SEO_TITLE as u32
                    need=Need::Optional
                    hint=text.page_title_hint()
                    value=product.seo_title.clone()
                />
                <TextArea
                    form
                    name="seo_description"
                    label=text.page_description()
                    maxlength=MAX_SEO_DESCRIPTION as u32
                    need=Need::Optional
                    rows=4
                    hint=text.page_description_hint()
                    value=product.seo_description.clone()
                />
                {search_result(product, form)}
            </div>
        </section>
    }
    .into_any()
}

/// Letters of a page's title and text that search engines tend to show.
const SHOWN_TITLE: usize = 60;
const SHOWN_TEXT: usize = 160;

/// How the page may look among the results of a search engine.
fn search_result(product: &AdminProduct, form: &Form) -> AnyView {
    let or = |text: String, otherwise: String| match text.trim().is_empty() {
        true => otherwise,
        false => text,
    };
    let says = Text::from(locale());
    let settings = shop().settings;
    let title = or(
        form.value("seo_title", product.seo_title.clone()),
        or(
            form.value("title", product.title.clone()),
            says.product_title().to_owned(),
        ),
    );
    let slug = or(form.value("slug", product.slug.clone()), "…".to_owned());
    let description = form.value("description_html", product.description_html.clone());
    let text = or(
        form.value("seo_description", product.seo_description.clone()),
        product_admin().words_of_html(&description),
    );
    let title = shortened(&format!("{title} – {}", settings.name), SHOWN_TITLE);
    let address = format!("{}/products/{slug}", settings.base_url);
    view! {
        <div
            class="seo-result"
            data-shop=settings.name.clone()
            data-base=settings.base_url.clone()
            data-untitled=says.product_title()
        >
            <p class="field-label">{says.search_preview()}</p>
            <p class="seo-address">{address}</p>
            <p class="seo-title">{title}</p>
            <p class="seo-text">{shortened(&text, SHOWN_TEXT)}</p>
        </div>
    }
    .into_any()
}

fn shortened(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

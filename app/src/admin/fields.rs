//! The panels of the product form: what it is, where it belongs, whether it is for sale.

use leptos::prelude::*;

use super::types::AdminProduct;
use crate::ui::{
    field::{Need, TextArea, TextField, error_line},
    form::Form,
};

pub fn details(product: &AdminProduct, form: &Form) -> AnyView {
    view! {
        <section class="panel" aria-labelledby="details">
            <h2 class="panel-title" id="details">"Details"</h2>
            <div class="form-grid">
                <TextField
                    name="title"
                    label="Title"
                    value=form.value("title", product.title.clone())
                    error=form.error("title")
                />
                <TextField
                    name="slug"
                    label="Slug"
                    need=Need::Optional
                    hint="The last part of the address: /products/… Empty: made from the title."
                    value=form.value("slug", product.slug.clone())
                    error=form.error("slug")
                />
                <TextArea
                    name="description_html"
                    label="Description"
                    need=Need::Optional
                    rows=8
                    hint="HTML. What could do harm is taken out when it is saved."
                    value=form.value("description_html", product.description_html.clone())
                    error=form.error("description_html")
                />
            </div>
        </section>
    }
    .into_any()
}

pub fn options(product: &AdminProduct, form: &Form) -> AnyView {
    let stored = |at: usize| product.options.get(at).cloned().unwrap_or_default();
    view! {
        <section class="panel" aria-labelledby="options">
            <h2 class="panel-title" id="options">"Options"</h2>
            <div class="form-grid">
                <TextField
                    name="option1_name"
                    label="Option 1"
                    class="col-third"
                    need=Need::Optional
                    placeholder="Size"
                    value=form.value("option1_name", stored(0))
                    error=form.error("option1_name")
                />
                <TextField
                    name="option2_name"
                    label="Option 2"
                    class="col-third"
                    need=Need::Optional
                    placeholder="Colour"
                    value=form.value("option2_name", stored(1))
                    error=form.error("option2_name")
                />
                <TextField
                    name="option3_name"
                    label="Option 3"
                    class="col-third"
                    need=Need::Optional
                    value=form.value("option3_name", stored(2))
                    error=form.error("option3_name")
                />
                <p class="field-hint">
                    "What the variants differ in; none for a product that comes in one way. The values stand in the table of variants."
                </p>
            </div>
        </section>
    }
    .into_any()
}

pub fn visibility(product: &AdminProduct, form: &Form) -> AnyView {
    let stored = if product.active { "1" } else { "0" };
    let chosen = form.value("active", stored);
    let radio = |value: &'static str, words: &'static str| {
        view! {
            <label class="check">
                <input type="radio" name="active" value=value checked=chosen == value/>
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <section class="panel">
            <fieldset id="active">
                <legend class="panel-title">"Visibility"</legend>
                {radio("1", "Active: for sale in the shop")}
                {radio("0", "Inactive: hidden from shoppers")}
                {error_line("active", form.error("active"))}
            </fieldset>
            {in_carts(product)}
        </section>
    }
    .into_any()
}

/// What taking the product off sale would mean for shoppers.
fn in_carts(product: &AdminProduct) -> Option<impl IntoView + use<>> {
    let carts = match product.in_carts {
        0 => return None,
        1 => "1 cart".to_owned(),
        many => format!("{many} carts"),
    };
    let words = match product.active {
        true => format!(
            "It lies in {carts}. Once it is inactive, it cannot be ordered from there any more, \
             and the shoppers are told so."
        ),
        false => format!("It lies in {carts} and cannot be ordered while it is inactive."),
    };
    Some(view! { <p class="field-hint">{words}</p> })
}

pub fn belongs(product: &AdminProduct, categories: Vec<String>, form: &Form) -> AnyView {
    view! {
        <section class="panel" aria-labelledby="belongs">
            <h2 class="panel-title" id="belongs">"Where it belongs"</h2>
            <div class="stack">
                {category(product, categories, form)}
                <TextField
                    name="vendor"
                    label="Vendor"
                    need=Need::Optional
                    value=form.value("vendor", product.vendor.clone())
                    error=form.error("vendor")
                />
                <TextField
                    name="tags"
                    label="Tags"
                    need=Need::Optional
                    hint="Parted by commas"
                    value=form.value("tags", product.tags.join(", "))
                    error=form.error("tags")
                />
            </div>
        </section>
    }
    .into_any()
}

/// Any name will do; those in use are offered.
fn category(product: &AdminProduct, categories: Vec<String>, form: &Form) -> AnyView {
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
                "Category "
                <span class="field-optional">"(optional)"</span>
            </label>
            <input
                class="input"
                id="category"
                name="category"
                type="text"
                list="categories"
                autocomplete="off"
                value=form.value("category", product.category.clone())
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described
            />
            <datalist id="categories">{names}</datalist>
            <p class="field-hint" id="category-hint">"A new name makes a new category."</p>
            {error_line("category", error)}
        </div>
    }
    .into_any()
}

pub fn search_engines(product: &AdminProduct, form: &Form) -> AnyView {
    view! {
        <section class="panel" aria-labelledby="search-engines">
            <h2 class="panel-title" id="search-engines">"Search engines"</h2>
            <div class="stack">
                <TextField
                    name="seo_title"
                    label="Page title"
                    need=Need::Optional
                    hint="Empty: the product’s title"
                    value=form.value("seo_title", product.seo_title.clone())
                    error=form.error("seo_title")
                />
                <TextArea
                    name="seo_description"
                    label="Page description"
                    need=Need::Optional
                    rows=4
                    hint="Empty: the beginning of the description"
                    value=form.value("seo_description", product.seo_description.clone())
                    error=form.error("seo_description")
                />
            </div>
        </section>
    }
    .into_any()
}

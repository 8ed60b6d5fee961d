//! `/admin/products/{id}`: the editor of a product, and of a new one at `/admin/products/new`.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    conflict::{MergedEdit, collision_banner, merge},
    editing::{CREATE, UPDATE},
    fields::{belongs, details, options, paying, search_engines, visibility},
    pictures::{picture_forms, pictures_section},
    text::Text,
    types::AdminProduct,
    variants::variants_section,
};
use crate::{
    admin::{
        frame::{Section, admin_page, refusal, refusal_banner},
        products::{list::active_badge, ports::product_admin},
        translations::{links::product_panel, ports::translation_admin},
    },
    catalog::address,
    error::ErrorKind,
    identity::Role,
    locale::locale,
    shop::shop,
    ui::{
        banner::good_news,
        breadcrumbs::{breadcrumbs, crumb},
        date::time,
        form::{Form, FormState, PageField},
        icon::{Icon, icon},
        path::path_part,
    },
};

#[component]
pub fn AdminProductPage() -> impl IntoView {
    let id = path_part("id");
    let is_saved = use_query_map().get_untracked().get_str("saved") == Some("1");
    let port = product_admin();
    let collision = use_context::<FormState>().filter(|state| {
        let error = state.error.as_ref();
        state.action == UPDATE && error.is_some_and(|error| error.kind == ErrorKind::Conflict)
    });
    let currency = shop().settings.currency.clone();
    let translations = translation_admin();
    let data = async move {
        let categories = port.category_names().await?;
        let product = match id.as_str() {
            "new" => blank_product(),
            id => port.product(id).await?,
        };
        let progress = match product.id.as_str() {
            "" => Vec::new(),
            id => translations.progress(id).await?,
        };
        let merged = match collision {
            Some(state) => {
                let (base, actors) = port.product_as_of(&product.id, state.version()).await?;
                Some(merge(&product, base.as_ref(), actors, state, &currency))
            }
            None => None,
        };
        Ok((product, categories, progress, merged))
    };
    admin_page(
        Role::Admin,
        data,
        move |_, (product, categories, progress, merged)| {
            let title = match is_new(&product) {
                true => Text::from(locale()).new_product().to_owned(),
                false => product.title.clone(),
            };
            let translations = product_panel(&product.id, progress);
            let content = page(&product, categories, &title, is_saved, translations, merged);
            Section::Products.page(title, content)
        },
    )
}

pub(super) fn blank_product() -> AdminProduct {
    AdminProduct {
        id: String::new(),
        slug: String::new(),
        title: String::new(),
        description_html: String::new(),
        vendor: String::new(),
        category: String::new(),
        tags: Vec::new(),
        active: false,
        prepaid: false,
        seo_title: String::new(),
        seo_description: String::new(),
        version: 0,
        options: Vec::new(),
        variants: Vec::new(),
        pictures: Vec::new(),
        in_carts: 0,
        updated_at: 0,
    }
}

/// Whether the product is still to be made.
fn is_new(product: &AdminProduct) -> bool {
    product.id.is_empty()
}

fn page(
    product: &AdminProduct,
    categories: Vec<String>,
    title: &str,
    is_saved: bool,
    translations: Option<AnyView>,
    merged: Option<MergedEdit>,
) -> AnyView {
    // Before the product's form: what is sent begins with which product the pictures are of.
    let pictures = (!is_new(product)).then(|| picture_forms(product));
    let delete = (!is_new(product)).then(|| delete(product));
    let action = if is_new(product) { CREATE } else { UPDATE };
    let message = match &merged {
        Some(merged) => collision_banner(merged),
        None => message(product, is_saved, action),
    };
    let form = match merged {
        Some(merged) => Form::with(merged.state),
        None => Form::of(action),
    };
    view! {
        {head(product, title)}
        {pictures}
        <div class="stack">
            {message} {product_form(product, categories, action, &form)} {translations} {delete}
        </div>
        <script type="module" src="/admin-assets/editor.js"></script>
    }
    .into_any()
}

fn head(product: &AdminProduct, title: &str) -> AnyView {
    let text = Text::from(locale());
    let state = (!is_new(product)).then(|| {
        let limits = format!("/admin/products/{}/limits", product.id);
        let link = product.active.then(|| {
            let href = address::product(&product.slug);
            view! { <a class="btn-text" href=href>{text.view_in_shop()}</a> }
        });
        view! {
            <div class="row">
                {active_badge(product.active)} {switch(product)}
                <a class="btn-text" href=limits>{text.limits()}</a> {link}
            </div>
        }
    });
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/products", text.products()), title)}
            <h1 class="admin-title">{title.to_owned()}</h1>
            {state}
        </div>
    }
    .into_any()
}

/// One click to take the product on or off sale; what is typed elsewhere on the page is not saved
/// by it.
fn switch(product: &AdminProduct) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let (to, words) = match product.active {
        true => ("0", text.deactivate()),
        false => ("1", text.activate()),
    };
    view! {
        <form action=UPDATE method="post" data-switch>
            <PageField/>
            <input type="hidden" name="id" value=product.id.clone()/>
            <button class="btn btn-small" type="submit" name="active" value=to>{words}</button>
        </form>
    }
}

/// Whether the form was saved or why it was not.
fn message(product: &AdminProduct, is_saved: bool, action: &str) -> AnyView {
    let is_draft = Form::of(action).values().is_some();
    match refusal() {
        Some(_) => refusal_banner().into_any(),
        None if is_draft => good_news(Text::from(locale()).not_saved_yet()),
        None if is_saved => saved(product),
        None => ().into_any(),
    }
}

fn saved(product: &AdminProduct) -> AnyView {
    let text = Text::from(locale());
    match product.active {
        true => good_news(text.saved_active()),
        false => good_news(text.saved_inactive(product.in_carts)),
    }
}

fn product_form(
    product: &AdminProduct,
    categories: Vec<String>,
    action: &'static str,
    form: &Form,
) -> AnyView {
    let currency = &shop().settings.currency;
    let identity = (!is_new(product)).then(|| identity(product, form));
    let pictures = (!is_new(product)).then(|| pictures_section(product, form));
    view! {
        <form action=action method="post" novalidate data-guard id="product">
            <PageField/>
            {identity}
            // Enter in a field presses the first button there is: it is to save.
            <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">
                {Text::from(locale()).save()}
            </button>
            <div class="admin-cols">
                <div class="stack">
                    {details(product, form)} {pictures} {options(product, form)}
                </div>
                <div class="stack">
                    {visibility(product, form)} {paying(product, form)}
                    {belongs(product, categories, form)}
                    {search_engines(product, form)}
                </div>
                {variants_section(product, form, currency)}
            </div>
            {save_bar(product)}
        </form>
    }
    .into_any()
}

/// Which product the form is about, and of which version.
fn identity(product: &AdminProduct, form: &Form) -> impl IntoView + use<> {
    let version = form.version(product.version.to_string());
    view! {
        <input type="hidden" name="id" value=product.id.clone()/>
        <input type="hidden" name="version" value=version/>
    }
}

fn save_bar(product: &AdminProduct) -> AnyView {
    let text = Text::from(locale());
    let (note, discard, words) = match is_new(product) {
        true => (
            view! { <p class="muted">{text.save_to_add_pictures()}</p> }.into_any(),
            "/admin/products".to_owned(),
            text.create_product(),
        ),
        false => (
            view! { <p class="muted">{text.last_saved()} {time(product.updated_at)}</p> }
                .into_any(),
            format!("/admin/products/{}", product.id),
            text.save_product(),
        ),
    };
    view! {
        <div class="save-bar">
            {note} <a class="btn-text" href=discard>{text.discard()}</a>
            <button class="btn btn-primary" type="submit">{words}</button>
        </div>
    }
    .into_any()
}

fn delete(product: &AdminProduct) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <details class="panel">
            <summary class="btn-text">
                {icon(Icon::Trash)}
                {text.delete_this_product()}
            </summary>
            <form class="stack" action="/api/admin/products/delete" method="post">
                <PageField/>
                <input type="hidden" name="id" value=product.id.clone()/>
                <p>{text.delete_means()}</p>
                <p>
                    <button class="btn btn-danger" type="submit">
                        {text.delete_permanently()}
                    </button>
                </p>
            </form>
        </details>
    }
}

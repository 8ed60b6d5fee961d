//! `/admin/products/{id}`: the editor of a product, and of a new one at `/admin/products/new`.

use app::{
    catalog::address,
    drops::{ports::drop_admin, types::InDrop},
    error::{ErrorKind, ShopResult},
    identity::{Account, Role},
    locale::locale,
    shop::shop,
    ui::{
        banner::{done, good_news},
        breadcrumbs::{breadcrumbs, crumb},
        form::{Form, FormState, PageField},
        path::path_part,
    },
    visitor::admin,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    collision::collision_banner,
    conflict::{MergedEdit, merge},
    editing::{CREATE, DRAFT, UPDATE},
    fields::{belongs, details, options, paying, search_engines, visibility},
    in_drops::in_drops,
    pictures::{FORM_KEY, picture_forms, pictures_section},
    preview::{SHOW, preview_href},
    text::Text,
    types::AdminProduct,
    variants::variants_section,
};
use crate::admin::{
    frame::{DeletePanel, Section, admin_page, last_saved, refusal, refusal_banner, save_bar},
    products::{
        ports::{ProductAdmin, product_admin},
        rows::active_badge,
    },
    translations::{links::product_panel, ports::translation_admin},
};

#[component]
pub fn AdminProductPage() -> impl IntoView {
    let id = path_part("id");
    let query = use_query_map().get_untracked();
    let is_saved = query.get_str("saved") == Some("1");
    let copied = done(&[("copied", Text::from(locale()).copied())]);
    let port = product_admin();
    let collision = use_context::<FormState>().filter(|state| {
        let error = state.error.as_ref();
        state.action == UPDATE && error.is_some_and(|error| error.kind == ErrorKind::Conflict)
    });
    let currency = shop().settings.currency.clone();
    let translations = translation_admin();
    let drops = drop_admin();
    // Pictures of a new product wait for its form, under this key.
    let typed = Form::of(CREATE).value(FORM_KEY, query.get("pictures").unwrap_or_default());
    let actor = admin().ok();
    let data = async move {
        let categories = port.category_names().await?;
        let (product, form_key) = match id.as_str() {
            "new" => new_product(port.as_ref(), actor, typed).await?,
            id => (port.product(id).await?, String::new()),
        };
        let progress = match product.id.as_str() {
            "" => Vec::new(),
            id => translations.progress(id).await?,
        };
        let dropped = match product.id.as_str() {
            "" => Vec::new(),
            id => drops.of_product(id).await?,
        };
        let merged = match collision {
            Some(state) => {
                let (base, actors) = port.product_as_of(&product.id, state.version()).await?;
                Some(merge(&product, base.as_ref(), actors, state, &currency))
            }
            None => None,
        };
        Ok((product, form_key, categories, progress, dropped, merged))
    };
    admin_page(
        Role::Admin,
        data,
        move |_, (product, form_key, categories, progress, dropped, merged)| {
            let title = match is_new(&product) {
                true => Text::from(locale()).new_product().to_owned(),
                false => product.title.clone(),
            };
            let translations = product_panel(&product.id, progress);
            let opened = Opened {
                product: &product,
                form_key: &form_key,
                dropped: &dropped,
                is_saved,
            };
            let content = page(opened, categories, &title, translations, merged);
            let content = view! { {copied} {content} }.into_any();
            Section::Products.page(title, content)
        },
    )
}

/// A product that is still to be made, with the pictures that wait for it.
async fn new_product(
    port: &dyn ProductAdmin,
    actor: Option<Account>,
    typed: String,
) -> ShopResult<(AdminProduct, String)> {
    let pictures = match &actor {
        Some(actor) => port.waiting_pictures(actor, &typed).await?,
        None => Vec::new(),
    };
    // One that nobody has uploaded for yet, or that is none, is drawn again.
    let key = match pictures.is_empty() {
        true => port.new_form_key(),
        false => typed,
    };
    let product = AdminProduct {
        pictures,
        ..blank_product()
    };
    Ok((product, key))
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

/// What the page is opened for.
#[derive(Clone, Copy)]
struct Opened<'a> {
    product: &'a AdminProduct,
    /// Of a new product's form.
    form_key: &'a str,
    /// What drops have of it.
    dropped: &'a [InDrop],
    is_saved: bool,
}

fn page(
    opened: Opened,
    categories: Vec<String>,
    title: &str,
    translations: Option<AnyView>,
    merged: Option<MergedEdit>,
) -> AnyView {
    let Opened {
        product,
        form_key,
        dropped,
        is_saved,
    } = opened;
    // Before the product's form: what is sent begins with which product the pictures are of.
    let pictures = picture_forms(product, form_key);
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
            {message} {in_drops(Role::Admin, dropped)} {product_form(opened, categories, action, &form)}
            {translations} {delete}
        </div>
        <script type="module" src="/admin-assets/editor.js"></script>
        <script type="module" src="/admin-assets/margins.js"></script>
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
        let preview = (!product.active).then(|| {
            let href = preview_href(&product.id);
            view! { <a class="btn-text" href=href>{text.preview_draft()}</a> }
        });
        view! {
            <div class="row">
                {active_badge(product.active)} {switch(product)}
                <a class="btn-text" href=limits>{text.limits()}</a> {link}
                {preview} {duplicate(product)}
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

/// Makes another product of this one as it is stored.
fn duplicate(product: &AdminProduct) -> impl IntoView + use<> {
    view! {
        <form action="/api/admin/products/duplicate" method="post">
            <PageField/>
            <input type="hidden" name="id" value=product.id.clone()/>
            <button class="btn-text" type="submit">{Text::from(locale()).duplicate()}</button>
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
    opened: Opened,
    categories: Vec<String>,
    action: &'static str,
    form: &Form,
) -> AnyView {
    let Opened {
        product, form_key, ..
    } = opened;
    let currency = &shop().settings.currency;
    let identity = match is_new(product) {
        true => view! { <input type="hidden" name=FORM_KEY value=form_key.to_owned()/> }.into_any(),
        false => identity(product, form).into_any(),
    };
    let pictures = pictures_section(product, form);
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
            {foot(product)}
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

fn foot(product: &AdminProduct) -> AnyView {
    let text = Text::from(locale());
    match is_new(product) {
        true => save_bar((), "/admin/products".to_owned(), text.create_product()),
        false => {
            let here = format!("/admin/products/{}", product.id);
            let preview = view! {
                {last_saved(product.updated_at)}
                <button
                    class="btn-text"
                    type="submit"
                    formaction=DRAFT
                    formtarget="_blank"
                    name="do"
                    value=SHOW
                >
                    {text.preview_draft()}
                </button>
            };
            save_bar(preview, here, text.save_product())
        }
    }
}

fn delete(product: &AdminProduct) -> AnyView {
    let text = Text::from(locale());
    let words = (
        text.delete_this_product(),
        text.delete_means(),
        text.delete_permanently(),
    );
    DeletePanel::of("/api/admin/products/delete", &product.id, words).view()
}

//! The forms of translations: a product's texts, and those of all categories, of drops, of announcements, of the
//! front page, of menus, of shipping and payment methods. That of a page is with pages.

use app::{
    error::ShopError,
    identity::Role,
    locale::{Locale, locale},
    ui::{
        banner::good_news,
        breadcrumbs::{breadcrumbs, crumb},
        field::RefusalBanner,
        form::{Form, PageField},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    fields::translation_field,
    links::group_words,
    ports::{Group, ProductTexts, Subject, TranslationField, translation_admin},
    text::Text,
};
use crate::admin::frame::{Section, admin_page};

pub const PRODUCT: &str = "/api/admin/translations/product";
pub const CATEGORIES: &str = "/api/admin/translations/categories";
pub const COLLECTIONS: &str = "/api/admin/translations/collections";
pub const DROPS: &str = "/api/admin/translations/drops";
pub const ANNOUNCEMENTS: &str = "/api/admin/translations/announcements";
pub const HOME: &str = "/api/admin/translations/home";
pub const PAGE: &str = "/api/admin/translations/page";
pub const MENUS: &str = "/api/admin/translations/menus";
pub const SHIPPING: &str = "/api/admin/translations/shipping";
pub const PAYMENT: &str = "/api/admin/translations/payment";

/// Whether the page comes after its form was saved.
pub fn is_saved() -> bool {
    use_query_map().get_untracked().get_str("saved") == Some("1")
}

/// The language in the page's address.
pub fn asked() -> Option<Locale> {
    Locale::of_code(&path_part("language"))
}

#[component]
pub fn AdminProductTranslationPage() -> impl IntoView {
    let (id, language, is_saved) = (path_part("id"), asked(), is_saved());
    let port = translation_admin();
    let data = async move {
        let language = language.ok_or_else(ShopError::not_found)?;
        Ok((port.product(&id, language).await?, language))
    };
    admin_page(Role::Admin, data, move |_, (product, language)| {
        let title = format!("{} – {}", product.title, language.name());
        let content = product_page(product, language, is_saved);
        Section::Products.page(title, content)
    })
}

fn product_page(product: ProductTexts, language: Locale, is_saved: bool) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(PRODUCT);
    let ProductTexts { id, title, fields } = product;
    let editor = format!("/admin/products/{id}");
    let (mut own, mut options, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    for (at, field) in fields.into_iter().enumerate() {
        let list = match field.subject {
            Subject::OptionName | Subject::OptionValue(_) => &mut options,
            Subject::Tag => &mut tags,
            _ => &mut own,
        };
        list.push(translation_field(at, field, &form, language));
    }
    let options = shared("options", text.options(), text.options_hint(), options);
    let tags = shared("tags", text.tags(), text.tags_hint(), tags);
    let above = view! { {crumb("/admin/products", text.products())} {crumb(&editor, &title)} };
    view! {
        <div class="admin-head">
            {breadcrumbs(above, language.name())}
            <h1 class="admin-title">{title.clone()} " – " <span lang=language.code()>{language.name()}</span></h1>
        </div>
        <div class="stack">
            {message(&form, is_saved)}
            <form action=PRODUCT method="post" novalidate data-guard id="translation">
                <PageField/>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="language" value=language.code()/>
                <div class="stack">
                    <section class="panel" aria-labelledby="texts">
                        <h2 class="panel-title" id="texts">{text.texts()}</h2>
                        <p class="field-hint">{text.texts_hint()}</p>
                        <div class="stack">{own}</div>
                    </section>
                    {options}
                    {tags}
                </div>
                {save_bar(editor)}
            </form>
        </div>
    }
    .into_any()
}

/// Texts that other products have, too.
fn shared(
    id: &'static str,
    title: &'static str,
    hint: &'static str,
    fields: Vec<AnyView>,
) -> Option<AnyView> {
    let section = (!fields.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby=id>
                <h2 class="panel-title" id=id>{title}</h2>
                <p class="field-hint">{hint}</p>
                <div class="stack">{fields}</div>
            </section>
        }
    });
    section.map(IntoAny::into_any)
}

#[component]
pub fn AdminCategoryTranslationsPage() -> impl IntoView {
    group(Group::Categories)
}

#[component]
pub fn AdminCollectionTranslationsPage() -> impl IntoView {
    group(Group::Collections)
}

#[component]
pub fn AdminDropTranslationsPage() -> impl IntoView {
    group(Group::Drops)
}

#[component]
pub fn AdminAnnouncementTranslationsPage() -> impl IntoView {
    group(Group::Announcements)
}

#[component]
pub fn AdminHomeTranslationsPage() -> impl IntoView {
    group(Group::Home)
}

#[component]
pub fn AdminMenuTranslationsPage() -> impl IntoView {
    group(Group::Menus)
}

#[component]
pub fn AdminShippingTranslationsPage() -> impl IntoView {
    group(Group::Shipping)
}

#[component]
pub fn AdminPaymentTranslationsPage() -> impl IntoView {
    group(Group::Payment)
}

fn group(group: Group) -> impl IntoView {
    let (language, is_saved) = (asked(), is_saved());
    let port = translation_admin();
    let data = async move {
        let language = language.ok_or_else(ShopError::not_found)?;
        Ok((port.texts(group, language).await?, language))
    };
    admin_page(Role::Admin, data, move |_, (fields, language)| {
        let title = group_words(group, language);
        let content = group_page(group, fields, language, &title, is_saved);
        let section = match group {
            Group::Categories => Section::Categories,
            Group::Collections => Section::Collections,
            Group::Drops => Section::Drops,
            Group::Announcements => Section::Announcements,
            Group::Home => Section::Home,
            Group::Menus => Section::Pages,
            Group::Shipping | Group::Payment => Section::Settings,
        };
        section.page(title, content)
    })
}

fn group_page(
    group: Group,
    fields: Vec<TranslationField>,
    language: Locale,
    title: &str,
    is_saved: bool,
) -> AnyView {
    let text = Text::from(locale());
    let (action, list, words) = match group {
        Group::Categories => (CATEGORIES, "/admin/categories", text.categories()),
        Group::Collections => (COLLECTIONS, "/admin/collections", text.collections()),
        Group::Drops => (DROPS, "/admin/drops", text.drops()),
        Group::Announcements => (ANNOUNCEMENTS, "/admin/announcements", text.announcements()),
        Group::Home => (HOME, "/admin/home", text.home_page()),
        Group::Menus => (MENUS, "/admin/menus", text.menus()),
        Group::Shipping => (SHIPPING, "/admin/settings", text.settings()),
        Group::Payment => (PAYMENT, "/admin/settings/methods", text.payment_methods()),
    };
    let form = Form::of(action);
    let is_empty = fields.is_empty();
    let fields: Vec<_> = fields
        .into_iter()
        .enumerate()
        .map(|(at, field)| translation_field(at, field, &form, language))
        .collect();
    let content = match is_empty {
        true => view! { <p class="panel muted">{text.nothing_yet()}</p> }.into_any(),
        false => view! {
            <form action=action method="post" novalidate data-guard id="translation">
                <PageField/>
                <input type="hidden" name="language" value=language.code()/>
                <section class="panel" aria-labelledby="texts">
                    <h2 class="panel-title" id="texts">{text.texts()}</h2>
                    <p class="field-hint">{text.texts_hint()}</p>
                    <div class="stack">{fields}</div>
                </section>
                {save_bar(list.to_owned())}
            </form>
        }
        .into_any(),
    };
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb(list, words), title)}
            <h1 class="admin-title">{title.to_owned()}</h1>
        </div>
        <div class="stack">{message(&form, is_saved)} {content}</div>
    }
    .into_any()
}

/// What became of the form.
pub fn message(form: &Form, is_saved: bool) -> AnyView {
    match form.refusal() {
        Some(error) => view! { <RefusalBanner error/> }.into_any(),
        None if is_saved => good_news(Text::from(locale()).saved()),
        None => ().into_any(),
    }
}

pub fn save_bar(back: String) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="save-bar">
            <a class="btn-text" href=back>{text.back()}</a>
            <button class="btn btn-primary" type="submit">{text.save()}</button>
        </div>
    }
    .into_any()
}

//! `/admin/limits` and `/admin/products/{id}/limits`: how many units one customer gets.

use leptos::prelude::*;

use super::{
    ports::{LimitedProduct, LimitsView, limit_admin},
    rows::rows,
    text::Text,
};
use crate::{
    admin::frame::{Section, admin_page},
    identity::Role,
    locale::locale,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        field::refusal_of,
        form::{Form, PageField},
        path::path_part,
    },
};

pub const HERE: &str = "/admin/limits";
/// Where the form goes.
pub const SAVE: &str = "/api/admin/limits/save";

/// The page with the limits of a product, or of the shop.
pub fn address(product: Option<&str>) -> String {
    match product {
        Some(id) => format!("/admin/products/{id}/limits"),
        None => HERE.to_owned(),
    }
}

#[component]
pub fn AdminLimitsPage() -> impl IntoView {
    let port = limit_admin();
    let data = async move { port.limits(None).await };
    admin_page(Role::Admin, data, |_, view| {
        Section::Settings.page(Text::from(locale()).limits(), page(&view))
    })
}

#[component]
pub fn AdminProductLimitsPage() -> impl IntoView {
    let id = path_part("id");
    let port = limit_admin();
    let data = async move { port.limits(Some(&id)).await };
    admin_page(Role::Admin, data, |_, view| {
        Section::Products.page(Text::from(locale()).limits(), page(&view))
    })
}

fn page(view: &LimitsView) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(SAVE);
    let (above, why) = match &view.product {
        Some(product) => (
            vec![
                crumb("/admin/products", text.products()),
                crumb(&format!("/admin/products/{}", product.id), &product.title),
            ],
            text.product_why(),
        ),
        None => (
            vec![crumb("/admin/settings", text.settings())],
            text.shop_why(),
        ),
    };
    let id = view.product.as_ref().map(|product| product.id.clone());
    let discard = address(id.as_deref());
    let version = form.version(view.version.clone());
    view! {
        <div class="admin-head">
            {breadcrumbs(above, text.limits())}
            <h1 class="admin-title">{text.limits()}</h1>
        </div>
        <div class="stack">
            {done(&[("saved", text.saved())])} {refusal_of(&form)}
            <form class="stack" action=SAVE method="post" novalidate data-guard id="limits-form">
                <PageField/>
                <input type="hidden" name="id" value=id.unwrap_or_default()/>
                <input type="hidden" name="version" value=version/>
                <p class="muted">{why}</p>
                {rows(view, &form)}
                <p class="muted small">{text.who_is_one()}</p>
                <div class="save-bar">
                    <a class="btn-text" href=discard>{text.discard()}</a>
                    <button class="btn btn-primary" type="submit">{text.save()}</button>
                </div>
            </form>
            {limited(&view.limited)}
        </div>
    }
    .into_any()
}

fn limited(products: &[LimitedProduct]) -> Option<AnyView> {
    if products.is_empty() {
        return None;
    }
    let links: Vec<_> = products
        .iter()
        .map(|product| {
            let href = address(Some(&product.id));
            view! { <li><a class="link" href=href>{product.title.clone()}</a></li> }
        })
        .collect();
    let title = Text::from(locale()).limited_products();
    let panel = view! {
        <section class="panel" aria-labelledby="limited">
            <h2 class="panel-title" id="limited">{title}</h2>
            <ul>{links}</ul>
        </section>
    };
    Some(panel.into_any())
}

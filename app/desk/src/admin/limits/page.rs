//! `/admin/limits` and `/admin/products/{id}/limits`: how many units one customer gets.

use app::{
    identity::Role,
    locale::locale,
    ui::{breadcrumbs::crumb, path::path_part},
};
use leptos::prelude::*;

use super::{
    ports::{LimitedProduct, LimitsView, limit_admin},
    rows::rows,
    text::Text,
};
use crate::admin::frame::{Section, SettingsForm, admin_page, settings_crumb};

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
    let (above, why) = match &view.product {
        Some(product) => (product_crumbs(product), text.product_why()),
        None => (settings_crumb(), text.shop_why()),
    };
    let id = view.product.as_ref().map(|product| product.id.clone());
    SettingsForm {
        id: "limits-form",
        action: SAVE,
        here: address(id.as_deref()),
        above,
        title: text.limits(),
        version: view.version.clone(),
        saved: text.saved(),
        save: text.save(),
        below: limited(&view.limited),
    }
    .with(|form| {
        view! {
            <input type="hidden" name="id" value=id.unwrap_or_default()/>
            <p class="muted">{why}</p>
            {rows(view, form)}
            <p class="muted small">{text.who_is_one()}</p>
        }
        .into_any()
    })
}

fn product_crumbs(product: &LimitedProduct) -> AnyView {
    let products = Text::from(locale()).products();
    let editor = format!("/admin/products/{}", product.id);
    view! { {crumb("/admin/products", products)} {crumb(&editor, &product.title)} }.into_any()
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

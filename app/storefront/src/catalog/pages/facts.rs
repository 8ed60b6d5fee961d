//! What there is to know of a product besides its description.

use app::{
    catalog::{query::ListQuery, text::Text, types::Product},
    locale::{href, locale},
    ui::fact::{code_fact, fact},
};
use leptos::prelude::*;

use super::breadcrumbs::Crumb;

pub fn facts(product: &Product) -> AnyView {
    let text = Text::from(locale());
    let sku = match product.variants.as_slice() {
        [only] => only.sku.clone(),
        // It would have to change with the choice.
        _ => None,
    };
    let sku = sku.map(|sku| code_fact(text.sku(), sku));
    let vendor = (!product.vendor.is_empty()).then(|| fact(text.brand(), product.vendor.clone()));
    let category = product.category.as_ref().map(Crumb::of).map(|category| {
        let link = view! { <a class="link" href=category.href>{category.name}</a> };
        fact(text.category(), link)
    });
    let tags = (!product.tags.is_empty()).then(|| {
        let tags = product
            .tags
            .iter()
            .map(|tag| {
                let label = product.tag_labels.get(tag).unwrap_or(tag);
                tag_link(tag, label, &product.currency)
            })
            .collect_view();
        view! { <div><dt>{text.tags()}</dt><dd class="tag-links">{tags}</dd></div> }
    });
    let any = sku.is_some() || vendor.is_some() || category.is_some() || tags.is_some();
    let section = any.then(|| {
        view! {
            <section aria-labelledby="facts">
                <h2 id="facts">{text.details()}</h2>
                <dl class="facts">{sku}{vendor}{category}{tags}</dl>
            </section>
        }
    });
    section.into_any()
}

fn tag_link(tag: &str, label: &str, currency: &str) -> impl IntoView + use<> {
    let query = ListQuery::parse([("tag", tag)], currency);
    view! { <a class="link" href=href(&query.href(currency))>{label.to_owned()}</a> }
}

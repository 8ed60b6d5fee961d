//! `/admin/products/{id}/preview`: a product as a shopper would see it, also one that is not for sale.

use std::future::ready;

use app::{
    features,
    identity::Role,
    locale::locale,
    ui::{
        icon::{Icon, icon},
        path::path_part,
    },
};
use leptos::prelude::*;

use super::text::Text;
use crate::admin::frame::for_role;

/// Where a product's preview is.
pub fn preview_href(id: &str) -> String {
    format!("/admin/products/{id}/preview")
}

#[component]
pub fn ProductPreviewPage() -> impl IntoView {
    let id = path_part("id");
    for_role(Role::Staff, ready(Ok(id)), |account, id| {
        let text = Text::from(locale());
        // Only admins may change it.
        let editor = (account.role >= Role::Admin).then(|| {
            let href = format!("/admin/products/{id}");
            view! { <a class="link" href=href>{text.back_to_editor()}</a> }
        });
        let notice = view! {
            <p class="banner banner-warn">
                {icon(Icon::Info)} <span><strong>{text.draft()}</strong> " " {text.draft_means()}</span>
                " " {editor}
            </p>
        };
        features::product_preview(id, notice.into_any()).into_any()
    })
}

//! `/admin/products/{id}/preview`: a product as a shopper would see it, also one that is not for sale; with a form of
//! the editor, as it would be if that were saved.

use std::sync::Arc;

use app::{
    catalog::drafted::Drafted,
    error::ShopError,
    features,
    identity::Role,
    locale::locale,
    ui::{
        field::RefusalBanner,
        form::FormState,
        icon::{Icon, icon},
        path::path_part,
    },
    visitor::admin,
};
use leptos::prelude::*;

use super::{
    editing::{UPDATE, change_of},
    ports::product_admin,
    text::Text,
};
use crate::admin::frame::for_role;

/// What the editor's button says it wants done with the form.
pub const SHOW: &str = "show";

/// Where a product's preview is.
pub fn preview_href(id: &str) -> String {
    format!("/admin/products/{id}/preview")
}

/// What is shown.
enum Shown {
    Stored,
    Typed(Drafted),
    /// What is stored: what was typed cannot be saved, for these reasons.
    Wrong(ShopError),
}

#[component]
pub fn ProductPreviewPage() -> impl IntoView {
    let id = path_part("id");
    let typed = use_context::<FormState>().filter(|form| form.action == UPDATE);
    let typed = typed.map(|form| (admin(), product_admin(), change_of(&form.values)));
    let data = async move {
        let Some((account, port, change)) = typed else {
            return Ok((id, Shown::Stored));
        };
        let shown = match port.drafted(&account?, &id, change).await {
            Ok(product) => Shown::Typed(Drafted(Arc::new(product))),
            Err(error) if !error.fields.is_empty() => Shown::Wrong(error),
            Err(error) => return Err(error),
        };
        Ok((id, shown))
    };
    for_role(Role::Staff, data, |account, (id, shown)| {
        let text = Text::from(locale());
        // Only admins may change it. Beside a form its editor is open already.
        let editor = (account.role >= Role::Admin && matches!(shown, Shown::Stored)).then(|| {
            let href = format!("/admin/products/{id}");
            view! { <a class="link" href=href>{text.back_to_editor()}</a> }
        });
        let words = match &shown {
            Shown::Stored => text.draft_means(),
            Shown::Typed(_) => text.draft_typed(),
            Shown::Wrong(_) => text.draft_wrong(),
        };
        let wrong = match shown {
            Shown::Stored => None,
            Shown::Typed(drafted) => {
                provide_context(drafted);
                None
            }
            Shown::Wrong(error) => Some(view! { <RefusalBanner error/> }),
        };
        let notice = view! {
            <p class="banner banner-warn">
                {icon(Icon::Info)} <span><strong>{text.draft()}</strong> " " {words}</span> " "
                {editor}
            </p>
            {wrong}
        };
        features::product_preview(id, notice.into_any()).into_any()
    })
}

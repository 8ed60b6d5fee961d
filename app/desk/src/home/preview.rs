//! `/admin/preview/home`: the draft, as shoppers would see it.

use std::future::ready;

use app::{
    features,
    home::text::Text,
    identity::Role,
    locale::locale,
    ui::{
        head::private_head,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::list::HERE;
use crate::admin::frame::for_role;

#[component]
pub fn HomePreviewPage() -> impl IntoView {
    for_role(Role::Admin, ready(Ok(())), |_, ()| {
        let text = Text::from(locale());
        let notice = view! {
            <div class="container">
                <p class="banner banner-good">
                    {icon(Icon::Info)} <span>{text.preview_note()}</span> " "
                    <a class="link" href=HERE>{text.back_to_editor()}</a>
                </p>
            </div>
        };
        view! {
            {private_head(text.preview())}
            {features::home_preview(notice.into_any())}
        }
        .into_any()
    })
}

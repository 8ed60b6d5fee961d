//! What a checkout says that takes no orders yet.

use leptos::prelude::*;

use crate::{
    checkout::text::Text,
    identity::Role,
    locale::{href, locale},
    storefront::frame::Frame,
    ui::head::private_head,
    visitor::visitor,
};

pub fn closed() -> AnyView {
    let text = Text::from(locale());
    let is_admin = visitor()
        .account
        .is_some_and(|account| account.role == Role::Admin);
    let checklist = is_admin.then(|| {
        view! { <a class="btn btn-primary btn-large" href="/admin#opening">{text.open_the_shop()}</a> }
    });
    view! {
        {private_head(text.not_open())}
        <Frame>
            <div class="container">
                <div class="empty">
                    <h1>{text.not_open()}</h1>
                    <p>{text.not_open_why()}</p>
                    <p class="row">
                        {checklist}
                        <a class="btn btn-large" href=href("/cart")>{text.back_to_cart()}</a>
                        <a class="btn btn-large" href=href("/products")>{text.look_around()}</a>
                    </p>
                </div>
            </div>
        </Frame>
    }
    .into_any()
}
